import { CodaClient, codaConnection } from '@cmx/cloud/coda';
import { startCodaService, type CodaServiceColumnInput, type CodaServiceTable } from '@cmx/coda/testing';
import { TestCli } from './cli.ts';
import { registered, SkippingClock } from './test-connections.ts';

/** A command line with the connection `docs`, to a service with the doc AbCDeFGH and its table Tasks of three rows. Waiting takes no time. */
export async function openCoda() {
  const clock = new SkippingClock();
  const server = await startCodaService({ clock, token: `coda-token-${crypto.randomUUID()}`, applyInMs: 5_000 });
  const { service } = server;
  const table = addTasks(service);
  const cli = await TestCli.create([
    registered({ ...codaConnection, openClient: async ({ token = '', baseUrl }, { logger, retry, telemetry }) => new CodaClient({ token, baseUrl, clock, logger, retry, telemetry }) }),
  ]);
  await cli.ok('configure', 'docs', '--type', 'coda', '--set', `token=${service.token}`, '--set', `baseUrl=${server.clientOptions.baseUrl}`);
  return {
    ...{ cli, service, table, token: service.token, baseUrl: server.clientOptions.baseUrl },
    async [Symbol.asyncDispose]() {
      await cli[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

const COLUMNS: readonly CodaServiceColumnInput[] = [
  { id: 'c-title', name: 'Title', type: 'text' },
  { id: 'c-points', name: 'Points', type: 'number' },
  { id: 'c-done', name: 'Done', type: 'checkbox' },
  { id: 'c-tags', name: 'Tags', type: 'select', isArray: true },
  { id: 'c-age', name: 'Age', type: 'number', calculated: true },
  { id: 'c-go', name: 'Go', type: 'button' },
];

function addTasks(service: Awaited<ReturnType<typeof startCodaService>>['service']): CodaServiceTable {
  const doc = service.addDoc('Launch', { id: 'AbCDeFGH' });
  const table = service.addTable(doc.id, 'Tasks', COLUMNS, { id: 'grid-tasks' });
  for (const place of [0, 1, 2]) {
    const id = `i-row${String(place)}`;
    const cells = { 'c-title': `T${String(place)}`, 'c-points': place, 'c-done': false };
    table.version += 1;
    table.rows.set(id, { id, index: place, createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z', version: table.version, cells });
  }
  return table;
}

export type CodaSetup = Awaited<ReturnType<typeof openCoda>>;
