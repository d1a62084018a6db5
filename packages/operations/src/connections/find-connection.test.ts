import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionsFile, type ConnectionOptions } from '@cmx/cloud';
import { CloudError, type ConnectionType } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOperationContext } from '../operation-context.ts';
import { findConnection } from './find-connection.ts';

let opened: string[] = [];
let closed: string[] = [];

const typeOf = (type: string): ConnectionType => ({
  type,
  title: type,
  fields: [{ name: 'token', label: 'Token', required: true, secret: true, environment: [`${type.toUpperCase()}_TOKEN`] }],
  async openClient({ token = '' }) {
    opened.push(token);
    return { token, close: async () => void closed.push(token) };
  },
});

let directory: string;
let options: ConnectionOptions;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cmx-find-'));
  const types = ['acme', 'docs'].map((type) => ({ type, title: type, packageName: `@cmx/${type}`, load: async () => typeOf(type) }));
  options = { env: {}, configDirectory: directory, types };
  opened = [];
  closed = [];
});
afterEach(() => rm(directory, { recursive: true }));

async function save(...connections: readonly (readonly [name: string, type: string])[]): Promise<void> {
  for (const [name, type] of connections) await new ConnectionsFile({}, directory).save({ name, type, settings: { token: `${name}-token` } });
}

const nameOf = async (name?: string, byDefault?: string) => (await findConnection('acme', name, byDefault, options)).name;
const refusal = (code: string, text: RegExp) => (error: unknown) => CloudError.is(error) && error.code === code && text.test(error.message);

describe('findConnection', () => {
  it('takes the one that is named, if it is of the type', async () => {
    await save(['one', 'acme'], ['two', 'acme'], ['other', 'docs']);
    expect(await nameOf('two', 'one')).toBe('two');
    await expect(nameOf('other')).rejects.toSatisfy(refusal('invalid_argument', /"acme", and "other" is of type "docs"/));
    await expect(nameOf('none')).rejects.toSatisfy(refusal('not_found', /no connection of that name/));
  });

  it('takes the default one if it is of the type, else the only one there is', async () => {
    await save(['one', 'acme'], ['other', 'docs']);
    expect(await nameOf()).toBe('one');
    expect(await nameOf(undefined, 'other')).toBe('one');
    await save(['two', 'acme']);
    expect(await nameOf(undefined, 'two')).toBe('two');
    await expect(nameOf()).rejects.toSatisfy(refusal('invalid_argument', /several .*-c \(one, two\)/));
  });

  it('takes what the environment makes up when the file has none', async () => {
    await expect(nameOf()).rejects.toSatisfy(refusal('invalid_argument', /ACME_TOKEN.*cmx configure acme/));
    options = { ...options, env: { ACME_TOKEN: 'from-environment' } };
    expect(await nameOf()).toBe('acme');
    await save(['one', 'acme']);
    expect([await nameOf(), await nameOf(undefined, 'acme')]).toEqual(['one', 'acme']);
  });
});

describe('a context', () => {
  it('opens each client once, and closes all of them at its end', async () => {
    await save(['one', 'acme'], ['two', 'acme']);
    {
      await using context = createOperationContext({ connections: options, defaultConnection: 'two' });
      const [first, again] = await Promise.all([context.client('acme', 'one'), context.client('acme', 'one')]);
      expect(first).toBe(again);
      await context.client('acme');
      await expect(context.client('acme', 'none')).rejects.toThrow();
      expect([opened, closed]).toEqual([['one-token', 'two-token'], []]);
    }
    expect(closed.sort()).toEqual(['one-token', 'two-token']);
  });
});
