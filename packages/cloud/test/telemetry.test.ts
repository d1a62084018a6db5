import type { RequestEvent } from '@cmx/cloud-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConnectionsFile, getConnection } from '../src/index.ts';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';
const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'sentinel' };

/** By the kind of connection. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: { endpoint: NOWHERE, region: 'eu-central-2', ...KEYS },
  coda: { baseUrl: `${NOWHERE}/apis/v1`, token: 'sentinel' },
  'infomaniak-newsletter': { baseUrl: NOWHERE, domainId: '42', token: 'sentinel' },
  s3: { endpoint: NOWHERE, ...KEYS },
};

it.each(Object.entries(SETTINGS))('whoever opens a connection of type %s is told of its requests', async (type, settings) => {
  const configDirectory = await mkdtemp(join(tmpdir(), 'cmx-telemetry-'));
  try {
    await new ConnectionsFile({}, configDirectory).save({ name: 'prod', type, settings });
    const events: RequestEvent[] = [];
    const connection = await getConnection('prod', { env: {}, configDirectory, retry: { maxAttempts: 1 }, telemetry: { onRequest: (event) => void events.push(event) } });
    await expect(connection.check()).rejects.toMatchObject({ code: 'unavailable' });
    expect(events).toEqual([expect.objectContaining({ origin: NOWHERE, method: 'GET', attempt: 1, error: 'unavailable' })]);
    expect(JSON.stringify(events)).not.toContain('sentinel');
  } finally {
    await rm(configDirectory, { recursive: true });
  }
});
