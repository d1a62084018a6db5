import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { ConnectionType } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getConnection, listConnections, type ConnectionOptions } from './connection.ts';
import { ConnectionsFile } from './connections-file.ts';

const SECRET = 'sentinel-secret';

const acme: ConnectionType = {
  type: 'acme',
  title: 'Acme Cloud',
  fields: [
    { name: 'endpoint', label: 'Endpoint', required: true },
    { name: 'token', label: 'Token', required: true, secret: true, environment: ['ACME_TOKEN'] },
  ],
};

let directory: string;
let options: ConnectionOptions;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cmx-connection-'));
  options = { env: { ACME_TOKEN: SECRET }, configDirectory: directory, types: [{ type: 'acme', title: 'Acme Cloud', packageName: '@cmx/acme', load: async () => acme }] };
});
afterEach(() => rm(directory, { recursive: true }));

const save = (token: string) => new ConnectionsFile({}, directory).save({ name: 'prod', type: 'acme', settings: { endpoint: 'https://acme.test', token } });

describe('a setting of a connection', () => {
  it('is given by name, with its reference resolved', async () => {
    await save('env:ACME_TOKEN');
    const connection = await getConnection('prod', options);
    expect([connection.setting('endpoint'), connection.setting('token'), connection.setting('nope'), connection.setting('toString')]).toEqual(['https://acme.test', SECRET, undefined, undefined]);
    await writeFile(join(directory, 'token'), `${SECRET}\n`);
    await save(`file:${join(directory, 'token')}`);
    expect((await getConnection('prod', options)).setting('token')).toBe(SECRET);
  });

  it('is in nothing that is printed of the connection, written down or thrown', async () => {
    await save(SECRET);
    const connection = await getConnection('prod', options);
    const refusals = await Promise.allSettled([connection.openStorage(), connection.openClient()]);
    const printed = [
      inspect(connection, { showHidden: true, getters: true, depth: Infinity }),
      inspect({ ...connection }, { showHidden: true, depth: Infinity }),
      JSON.stringify(connection),
      JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(connection))),
      Object.values(connection).join(' '),
      inspect(refusals, { showHidden: true, depth: Infinity }),
      JSON.stringify(refusals),
      JSON.stringify(await listConnections(options)),
    ];
    for (const text of printed) expect(text).not.toContain(SECRET);
    expect(refusals.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(() => structuredClone(connection)).not.toThrow();
    expect(JSON.stringify(structuredClone(connection))).not.toContain(SECRET);
  });
});
