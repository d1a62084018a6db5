import { connectionTypes, type ConnectionOptions } from '@cmx/cloud';
import type { ConnectionField } from '@cmx/cloud-core';

/** Asks one question at a time. Every method rejects with an abort when the user gives up. */
export interface Prompter {
  select(question: string, choices: readonly { readonly value: string; readonly label: string }[]): Promise<string>;
  text(question: string, options: { readonly help?: string | undefined; readonly required: boolean; readonly initial?: string | undefined }): Promise<string>;
  /** As `text`, without showing what is typed. */
  secret(question: string, options: { readonly help?: string | undefined; readonly required: boolean }): Promise<string>;
}

/** Asks for a connection: kind, name, and each of its settings. Answers left empty are not set. */
export async function askForConnection(
  given: Readonly<Record<string, unknown>>,
  prompter: Prompter,
  { types, env = {} }: Pick<ConnectionOptions, 'types' | 'env'>,
): Promise<Record<string, unknown>> {
  const offered = connectionTypes({ types });
  const chosen = await prompter.select('What do you want to connect to?', offered.map(({ type, title }) => ({ value: type, label: title })));
  const registered = offered.find(({ type }) => type === chosen);
  const name = typeof given['name'] === 'string' ? given['name'] : await prompter.text('Name of the connection', { required: true, initial: chosen });
  const set: string[] = [];
  for (const field of (await registered?.load())?.fields ?? []) {
    const answer = await askForField(field, prompter, env);
    if (answer !== '') set.push(`${field.name}=${answer}`);
  }
  return { ...given, name, type: chosen, set };
}

/** A variable that is set already is offered as a reference, so that a secret need not be typed or kept. */
async function askForField(field: ConnectionField, prompter: Prompter, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const variable = field.environment?.find((candidate) => env[candidate]);
  const help = [field.help, field.secret ? 'env:NAME or file:PATH keep it out of the file' : undefined].filter(Boolean).join('; ') || undefined;
  if (field.choices) {
    const none = field.required ? [] : [{ value: '', label: '(default)' }];
    return prompter.select(field.label, [...none, ...field.choices.map((choice) => ({ value: choice, label: choice }))]);
  }
  if (variable) return prompter.text(field.label, { help, required: field.required ?? false, initial: `env:${variable}` });
  return field.secret ? prompter.secret(field.label, { help, required: field.required ?? false }) : prompter.text(field.label, { help, required: field.required ?? false });
}
