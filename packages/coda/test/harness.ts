import { CodaClient, type CodaClientOptions } from '../src/index.ts';
import { addDoc } from './service/answers/docs.ts';
import { CodaService, TOKEN, type CodaServiceOptions } from './service/coda-service.ts';
import { serviceTransport } from './service/service-transport.ts';
import { columnState, type TableState } from './service/state.ts';
import { VirtualClock } from './service/virtual-clock.ts';

export interface Harness {
  readonly clock: VirtualClock;
  readonly service: CodaService;
  readonly client: CodaClient;
  readonly docId: string;
  readonly table: TableState;
}

/** A service with one doc, a page and a table of tasks, and a client of it; time is theirs alone. */
export function openHarness(serviceOptions: Omit<CodaServiceOptions, 'clock'> = {}, clientOptions: Partial<CodaClientOptions> = {}): Harness {
  const clock = new VirtualClock();
  const service = new CodaService({ ...serviceOptions, clock });
  const client = new CodaClient({ token: TOKEN, transport: serviceTransport(service), clock, ...clientOptions });
  const { docId, table } = seed(service);
  return { clock, service, client, docId, table };
}

/** The doc `AbCDeFGH` with the table `Tasks`. */
export function seed(service: CodaService): { readonly docId: string; readonly table: TableState } {
  const doc = addDoc(service, 'Launch', { id: 'AbCDeFGH' });
  const column = (id: string, name: string, type: string, more?: Parameters<typeof columnState>[5]) => columnState(doc.id, 'grid-tasks', id, name, type, more);
  const table: TableState = {
    id: 'grid-tasks',
    name: 'Tasks',
    tableType: 'table',
    version: 0,
    rows: new Map(),
    columns: [
      column('c-title', 'Title', 'text'),
      column('c-points', 'Points', 'number'),
      column('c-done', 'Done', 'checkbox', { format: { displayType: 'check' } }),
      column('c-due', 'Due', 'date'),
      column('c-price', 'Price', 'currency'),
      column('c-owner', 'Owner', 'person'),
      column('c-tags', 'Tags', 'select', { isArray: true }),
      column('c-site', 'Site', 'link'),
      column('c-after', 'After', 'lookup'),
      column('c-age', 'Age', 'number', { calculated: true }),
      column('c-go', 'Go', 'button'),
    ],
  };
  doc.tables.set(table.id, table);
  return { docId: doc.id, table };
}

/** Puts rows into the table at once, without the API. */
export function putRows(table: TableState, count: number, cellsOf: (place: number) => Record<string, unknown>): void {
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
