import { codaDocument } from '../../../tools/operations-coverage/documents/coda.ts';
import { ExchangeValidator } from '../../../tools/operations-coverage/exchange-validator.ts';
import { loadDescription } from '../../../tools/operations-coverage/load-description.ts';
import { CodaClient, type CodaClientOptions } from '../src/index.ts';
import { CodaService, type CodaServiceOptions, type CodaServiceTable } from '../src/testing/index.ts';
import { serviceTransport } from './service-transport.ts';
import { VirtualClock } from './virtual-clock.ts';

export const TOKEN = '6f1f5a1c-0000-4000-8000-00000000cafe';
export const validator = new ExchangeValidator(loadDescription(codaDocument));

export interface Harness {
  readonly clock: VirtualClock;
  readonly service: CodaService;
  readonly client: CodaClient;
  readonly docId: string;
  readonly table: CodaServiceTable;
}

/** A service with one doc, a page and a table of tasks, and a client of it; time is theirs alone. */
export function openHarness(serviceOptions: Omit<CodaServiceOptions, 'clock'> = {}, clientOptions: Partial<CodaClientOptions> = {}): Harness {
  const clock = new VirtualClock();
  const service = openService({ ...serviceOptions, clock });
  const client = new CodaClient({ token: TOKEN, transport: serviceTransport(service), clock, ...clientOptions });
  const { docId, table } = seed(service);
  return { clock, service, client, docId, table };
}

/** A service that takes its time, as Coda does, and sends exports from another host. */
export function openService(options: CodaServiceOptions = {}): CodaService {
  return new CodaService({ token: TOKEN, clock: new VirtualClock(), applyInMs: 10_000, statusLagInMs: 3_000, downloadOrigin: 'https://exports.coda.test', ...options });
}

/** `operation status` of every exchange. */
export function logOf({ exchanges }: CodaService): string[] {
  return exchanges.map(({ operation, status }) => `${operation} ${String(status)}`);
}

/** What was wrong with requests and answers, held against the API document; a test expects none. */
export function problemsOf({ exchanges, problems }: CodaService): string[] {
  const ofExchanges = exchanges
    .filter(({ operation }) => operation !== 'download')
    .flatMap(({ method, path, body, status, answer }) => [
      ...validator.request({ method, path, body }),
      // A planned failure need not be one of the document's.
      ...(answer === undefined ? [] : validator.response({ method, path, status, body: answer })),
    ]);
  return [...problems, ...ofExchanges];
}

/** The doc `AbCDeFGH` with the table `Tasks`. */
export function seed(service: CodaService): { readonly docId: string; readonly table: CodaServiceTable } {
  const doc = service.addDoc('Launch', { id: 'AbCDeFGH' });
  const table = service.addTable(
    doc.id,
    'Tasks',
    [
      { id: 'c-title', name: 'Title', type: 'text' },
      { id: 'c-points', name: 'Points', type: 'number' },
      { id: 'c-done', name: 'Done', type: 'checkbox', format: { displayType: 'check' } },
      { id: 'c-due', name: 'Due', type: 'date' },
      { id: 'c-price', name: 'Price', type: 'currency' },
      { id: 'c-owner', name: 'Owner', type: 'person' },
      { id: 'c-tags', name: 'Tags', type: 'select', isArray: true },
      { id: 'c-site', name: 'Site', type: 'link' },
      { id: 'c-after', name: 'After', type: 'lookup' },
      { id: 'c-age', name: 'Age', type: 'number', calculated: true },
      { id: 'c-go', name: 'Go', type: 'button' },
    ],
    { id: 'grid-tasks' },
  );
  return { docId: doc.id, table };
}

/** Puts rows into the table at once, without the API. */
export function putRows(table: CodaServiceTable, count: number, cellsOf: (place: number) => Record<string, unknown>): void {
  for (let place = 0; place < count; place++) {
    table.version += 1;
    const id = `i-row${String(place)}`;
    table.rows.set(id, { id, index: place, createdAt: '2026-01-02T03:04:05.000Z', updatedAt: '2026-01-02T03:04:05.000Z', version: table.version, cells: cellsOf(place) });
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
