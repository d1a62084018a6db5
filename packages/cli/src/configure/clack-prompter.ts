import { isCancel, password, select, text } from '@clack/prompts';
import type { Prompter } from './ask-for-connection.ts';

/** Questions on the terminal, on standard error so that standard output stays clean. */
export function clackPrompter(): Prompter {
  const output = process.stderr;
  const refuseEmpty = (required: boolean) => (value: string | undefined) => (required && !value ? 'It is needed' : undefined);
  return {
    async select(message, choices) {
      return answered(await select({ message, options: choices.map(({ value, label }) => ({ value, label })), output }));
    },
    async text(message, { help, required, initial }) {
      return answered(await text({ message: withHelp(message, help), initialValue: initial ?? '', validate: refuseEmpty(required), output }));
    },
    async secret(message, { help, required }) {
      return answered(await password({ message: withHelp(message, help), validate: refuseEmpty(required), output }));
    },
  };
}

function withHelp(message: string, help: string | undefined): string {
  return help ? `${message} (${help})` : message;
}

function answered(answer: string | symbol | undefined): string {
  if (isCancel(answer)) throw new DOMException('The questions were left', 'AbortError');
  return typeof answer === 'string' ? answer : '';
}
