import type { ConnectionType } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { askForConnection, type Prompter } from './ask-for-connection.ts';

const acme: ConnectionType = {
  type: 'acme',
  title: 'Acme Cloud',
  fields: [
    { name: 'endpoint', label: 'Endpoint', required: true, environment: ['ACME_URL'] },
    { name: 'token', label: 'Token', required: true, secret: true },
    { name: 'style', label: 'Style', choices: ['path', 'host'] },
    { name: 'region', label: 'Region' },
  ],
};
const types = [{ type: 'acme', title: 'Acme Cloud', packageName: '@cmx/acme', load: async () => acme }];

/** Gives the answers in turn and keeps the questions. */
function scripted(answers: readonly string[]) {
  const asked: string[] = [];
  let next = 0;
  const answer = (kind: string, question: string, initial?: string): Promise<string> => {
    asked.push(`${kind}: ${question}${initial ? ` [${initial}]` : ''}`);
    return Promise.resolve(answers[next++] ?? '');
  };
  const prompter: Prompter = {
    select: (question) => answer('select', question),
    text: (question, { initial }) => answer('text', question, initial),
    secret: (question) => answer('secret', question),
  };
  return { prompter, asked };
}

describe('askForConnection', () => {
  it('asks for kind, name and each setting, and leaves out what was left empty', async () => {
    const { prompter, asked } = scripted(['acme', 'prod', 'https://acme', 's3cret', '', '']);
    expect(await askForConnection({}, prompter, { types, env: {} })).toEqual({ name: 'prod', type: 'acme', set: ['endpoint=https://acme', 'token=s3cret'] });
    expect(asked).toEqual(['select: What do you want to connect to?', 'text: Name of the connection [acme]', 'text: Endpoint', 'secret: Token', 'select: Style', 'text: Region']);
  });

  it('does not ask for a name that was given, and offers variables that are set as references', async () => {
    const { prompter, asked } = scripted(['acme', 'env:ACME_URL']);
    await askForConnection({ name: 'prod' }, prompter, { types, env: { ACME_URL: 'https://acme' } });
    expect(asked[1]).toBe('text: Endpoint [env:ACME_URL]');
  });
});
