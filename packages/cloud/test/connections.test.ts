import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudError, type CloudErrorCode, type ConnectionSettings, type ConnectionType, type StorageClient } from '@cmx/cloud-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionsFile, getConnection, listConnections, openStorage, type ConnectionOptions } from '../src/index.ts';
import type { RegisteredConnectionType } from '../src/registry.ts';

/** A kind of connection that only remembers what it was opened with. */
const acme: ConnectionType = {
  type: 'acme',
  title: 'Acme Cloud',
  fields: [
    { name: 'endpoint', label: 'Endpoint', required: true, environment: ['ACME_URL', 'ACME_ENDPOINT'] },
    { name: 'token', label: 'Token', required: true, secret: true, environment: ['ACME_TOKEN'] },
    { name: 'style', label: 'Style', choices: ['path', 'host'] },
  ],
  openStorage: (settings) => ({ openedWith: settings }) as unknown as StorageClient,
};

const docs: ConnectionType = { type: 'docs', title: 'Documents', fields: [], openClient: async () => ({ isDocs: true }) };

function registered(type: ConnectionType): RegisteredConnectionType {
  return { type: type.type, title: type.title, packageName: `@cmx/${type.type}`, load: async () => type };
}

let directory: string;
let options: ConnectionOptions;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cmx-connections-'));
  options = { env: {}, configDirectory: directory, types: [registered(acme), registered(docs)] };
});
afterEach(() => rm(directory, { recursive: true }));

const file = (): ConnectionsFile => new ConnectionsFile({}, directory);
const withCode = (code: CloudErrorCode, text: RegExp) => (error: unknown) => CloudError.is(error, code) && text.test(error.message);

async function settingsOf(name: string, env: Record<string, string> = {}): Promise<ConnectionSettings> {
  const client = await (await getConnection(name, { ...options, env })).openStorage();
  return (client as unknown as { openedWith: ConnectionSettings }).openedWith;
}

describe('the connections file', () => {
  it('is in CMX_CONFIG_DIR, else in the XDG directory, else in the home', async () => {
    expect(await new ConnectionsFile({ CMX_CONFIG_DIR: '/c', XDG_CONFIG_HOME: '/x' }).path()).toBe(join('/c', 'connections.json'));
    expect(await new ConnectionsFile({ XDG_CONFIG_HOME: '/x' }).path()).toBe(join('/x', 'cmx', 'connections.json'));
    expect(await new ConnectionsFile({}).path()).toMatch(/\.config[\\/]cmx[\\/]connections\.json$/);
  });

  it('is only readable by its owner', async () => {
    await file().save({ name: 'prod', type: 'acme', settings: { endpoint: 'https://acme', token: 't' } });
    expect((await stat(await file().path())).mode & 0o777).toBe(0o600);
    expect(await file().isReadableByOthers()).toBe(false);
    await chmod(await file().path(), 0o644);
    expect(await file().isReadableByOthers()).toBe(true);
  });

  it('keeps the others when one is changed or removed', async () => {
    await file().save({ name: 'two', type: 'acme', settings: { endpoint: 'b' } });
    await file().save({ name: 'one', type: 'docs', settings: {} });
    await file().save({ name: 'two', type: 'acme', settings: { endpoint: 'c' } });
    expect(JSON.parse(await readFile(await file().path(), 'utf8'))).toEqual({ version: 1, connections: { one: { type: 'docs' }, two: { type: 'acme', endpoint: 'c' } } });
    expect(await file().remove('one')).toBe(true);
    expect(await file().remove('one')).toBe(false);
    expect((await file().read()).map(({ name }) => name)).toEqual(['two']);
  });

  it.each(['x', 'file', 'a b', 'a:b', '-a', ''])('takes no connection called %j', async (name) => {
    await expect(file().save({ name, type: 'docs', settings: {} })).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument'));
  });

  it.each(['not json', '{}', '{"version":2,"connections":{}}', '{"version":1,"connections":{"a1":{}}}', '{"version":1,"connections":{"a1":{"type":"acme","endpoint":1}}}'])(
    'is refused when it holds %j',
    async (content) => {
      await writeFile(await file().path(), content);
      await expect(file().read()).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument'));
    },
  );
});

describe('getConnection', () => {
  it('takes settings from the file, or makes the connection of a type from the environment', async () => {
    await file().save({ name: 'prod', type: 'acme', settings: { endpoint: 'https://acme', token: 'plain' } });
    expect(await settingsOf('prod')).toEqual({ endpoint: 'https://acme', token: 'plain' });
    expect(await settingsOf('acme', { ACME_ENDPOINT: 'https://second', ACME_TOKEN: 't' })).toEqual({ endpoint: 'https://second', token: 't' });
    expect(await settingsOf('acme', { ACME_URL: 'https://first', ACME_ENDPOINT: 'https://second', ACME_TOKEN: 't' })).toMatchObject({ endpoint: 'https://first' });
  });

  it('puts values in the place of references', async () => {
    await writeFile(join(directory, 'token'), 'from a file\n');
    await file().save({ name: 'prod', type: 'acme', settings: { endpoint: 'env:WHERE', token: `file:${join(directory, 'token')}` } });
    expect(await settingsOf('prod', { WHERE: 'https://acme' })).toEqual({ endpoint: 'https://acme', token: 'from a file' });
    await expect(settingsOf('prod')).rejects.toSatisfy(withCode('invalid_argument', /WHERE/));
  });

  it('names what is missing, unknown or not a choice', async () => {
    await expect(getConnection('acme', options)).rejects.toSatisfy(withCode('invalid_argument', /endpoint \(ACME_URL or ACME_ENDPOINT\), token \(ACME_TOKEN\) are not set/));
    await file().save({ name: 'odd', type: 'acme', settings: { endpoint: 'e', token: 't', colour: 'red' } });
    await expect(getConnection('odd', options)).rejects.toSatisfy(withCode('invalid_argument', /no "colour"/));
    await file().save({ name: 'odd', type: 'acme', settings: { endpoint: 'e', token: 't', style: 'round' } });
    await expect(getConnection('odd', options)).rejects.toSatisfy(withCode('invalid_argument', /path, host/));
    await expect(getConnection('nope', options)).rejects.toSatisfy(withCode('not_found', /cmx configure nope/));
    await file().save({ name: 'old', type: 'gone', settings: {} });
    await expect(getConnection('old', options)).rejects.toSatisfy(withCode('not_found', /"gone" is not one of acme, docs/));
  });

  it('never lets a secret into an error', async () => {
    await file().save({ name: 'prod', type: 'acme', settings: { token: 'SENTINEL-1', colour: 'SENTINEL-2' } });
    const error = await getConnection('prod', options).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('SENTINEL');
  });

  it('opens what the provider has, and says what it has not', async () => {
    const connection = await getConnection('docs', options);
    expect(await connection.openClient()).toEqual({ isDocs: true });
    expect(await connection.check()).toBe('opened');
    await expect(connection.openStorage()).rejects.toSatisfy((error) => CloudError.is(error, 'unsupported'));
  });
});

describe('listConnections', () => {
  it('shows those of the file and those the environment completes, secrets masked and references as they stand', async () => {
    await file().save({ name: 'prod', type: 'acme', settings: { endpoint: 'https://acme', token: 'SENTINEL' } });
    await file().save({ name: 'staging', type: 'acme', settings: { endpoint: 'https://acme', token: 'env:STAGING_TOKEN' } });
    await file().save({ name: 'broken', type: 'acme', settings: {} });
    const found = await listConnections(options);
    expect(found.map(({ name, origin }) => [name, origin])).toEqual([['broken', 'file'], ['docs', 'environment'], ['prod', 'file'], ['staging', 'file']]);
    expect(found[0]?.problem).toContain('not set');
    expect(found[2]?.settings).toEqual({ endpoint: 'https://acme', token: '***' });
    expect(found[3]?.settings).toEqual({ endpoint: 'https://acme', token: 'env:STAGING_TOKEN' });
    expect((await listConnections({ ...options, env: { ACME_URL: 'u', ACME_TOKEN: 't' } })).map(({ name }) => name)).toContain('acme');
  });
});

describe('openStorage', () => {
  it('opens the bucket of a connection', async () => {
    const env = { ACME_URL: 'https://acme', ACME_TOKEN: 't' };
    for (const address of ['acme:photos', 'acme://photos', 'acme:photos/']) {
      expect(await openStorage(address, { ...options, env })).toMatchObject({ bucket: 'photos', connection: 'acme', client: { openedWith: { token: 't' } } });
    }
  });

  it.each(['photos', 'acme:', 'acme:photos/key', ':photos', ''])('refuses the address %j', async (address) => {
    await expect(openStorage(address, options)).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument'));
  });
});
