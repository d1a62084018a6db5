import { parse } from 'csv-parse/sync';
import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState, NewsletterServiceSubscriber } from '../state.ts';
import {
  accepted,
  failure,
  invalid,
  missing,
  notFound,
  success,
  type Body,
  type Filter,
  type Json,
  type Reply,
  type Route,
  type ServiceRequest,
} from '../wire-types.ts';

const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

export function subscriberRoutes(state: ServiceState): Route[] {
  const withSubscriber =
    (act: (subscriber: NewsletterServiceSubscriber, request: ServiceRequest) => Reply) =>
    (request: ServiceRequest): Reply => {
      const subscriber = state.subscribers.get(Number(request.params.subscriber));
      return subscriber ? act(subscriber, request) : notFound();
    };
  const queueFor =
    (act: (subscriber: NewsletterServiceSubscriber, body: Body) => void) =>
    ({ body }: ServiceRequest): Reply =>
      missing(body, 'select') ??
      accepted(
        state.queue(() => {
          const found = selected(matching(state, body.filter), [...state.subscribers.values()], body);
          for (const subscriber of found) act(subscriber, body);
          return { count: found.length };
        }),
      );
  return [
    { method: 'GET', path: '/subscribers', run: ({ query }) => pageOf(toWires(state, matching(state, query.filter), query.with), query) },
    {
      method: 'POST',
      path: '/subscribers/filter',
      run: ({ query, body }) => pageOf(toWires(state, matching(state, body.filter), query.with), query),
    },
    {
      method: 'POST',
      path: '/subscribers',
      run: ({ body }) => {
        const problem =
          missing(body, 'email') ?? (ADDRESS.test(body.email ?? '') ? undefined : invalid({ email: 'The email must be a valid email address.' }));
        if (problem) return problem;
        const subscriber = state.upsertSubscriber(body.email ?? '', 'api');
        change(state, subscriber, { ...body, fields: { ...subscriber.fields, ...(body.fields as Json | undefined) } });
        return success(toWireSubscriber(state, subscriber, 'groups,fields'), 201);
      },
    },
    { method: 'DELETE', path: '/subscribers', run: queueFor(({ id }) => state.subscribers.delete(id)) },
    { method: 'PUT', path: '/subscribers/unsubscribe', run: queueFor((subscriber) => (subscriber.status = 'unsubscribed')) },
    {
      method: 'PUT',
      path: '/subscribers/assign',
      run: queueFor((subscriber, body) => state.groupIds(body.groups).forEach((id) => subscriber.groups.add(id))),
    },
    { method: 'PUT', path: '/subscribers/unassign', run: queueFor((subscriber, body) => subscriber.groups.delete(body.group_id ?? 0)) },
    {
      method: 'POST',
      path: '/subscribers/export',
      run: ({ body }) =>
        accepted(
          state.queue(() => ({
            url: `https://example.com/export/${String(selected(matching(state, body.filter), [...state.subscribers.values()], body).length)}.csv`,
          })),
        ),
    },
    {
      method: 'GET',
      path: '/subscribers/count_status',
      run: () => {
        const counts: Record<string, number> = {};
        for (const { status } of state.subscribers.values()) counts[status] = (counts[status] ?? 0) + 1;
        return success(Object.keys(counts).length > 0 ? counts : []);
      },
    },
    {
      method: 'GET',
      path: '/subscribers/:subscriber',
      run: withSubscriber((subscriber, { query }) => success(toWireSubscriber(state, subscriber, query.with))),
    },
    {
      method: 'PUT',
      path: '/subscribers/:subscriber',
      run: withSubscriber((subscriber, { query, body }) => {
        change(state, subscriber, body);
        return success(toWireSubscriber(state, subscriber, query.with));
      }),
    },
    { method: 'DELETE', path: '/subscribers/:subscriber', run: withSubscriber(({ id }) => success(state.subscribers.delete(id))) },
    {
      method: 'DELETE',
      path: '/subscribers/:subscriber/forget',
      run: withSubscriber(({ id, email }) => success(state.subscribers.delete(id) && state.forgotten.push(email) > 0)),
    },
    {
      method: 'POST',
      path: '/subscribers/import/upload',
      run: ({ body }) => {
        if (typeof body.content !== 'string') return invalid({ content: 'The content field is required.' });
        const id = state.nextId();
        state.uploads.set(id, body.content);
        return success([String(id)]);
      },
    },
    {
      method: 'POST',
      path: '/subscribers/import',
      run: ({ body }) => {
        const content = state.uploads.get(body.upload_id ?? 0);
        if (content === undefined) return failure(403, 'access_denied', 'No access to this upload');
        return (
          missing(body, 'fields') ??
          accepted(
            state.queue(() => importRows(state, content, body)),
            200,
          )
        );
      },
    },
  ];
}

export function matching(state: ServiceState, { search, status, groups }: Filter = {}): NewsletterServiceSubscriber[] {
  const wanted = (groups ?? []).map(Number);
  return [...state.subscribers.values()].filter(
    (subscriber) =>
      includesText(subscriber.email, search) &&
      (!status || status === 'all' || subscriber.status === status) &&
      (wanted.length === 0 || wanted.some((id) => subscriber.groups.has(id))),
  );
}

function change(state: ServiceState, subscriber: NewsletterServiceSubscriber, { status, groups, fields }: Body): void {
  if (status) subscriber.status = status;
  if (fields) subscriber.fields = fields as Json;
  for (const id of state.groupIds(groups)) subscriber.groups.add(id);
}

/** Rows without a valid address are left out, the line of names among them. */
function importRows(
  state: ServiceState,
  content: string,
  { fields, groups, csv_separator: delimiter = ',', csv_enclosure: quote = '"' }: Body,
): Json {
  const keys = (fields as (number | { name: string })[]).map(
    (field) => (typeof field === 'number' ? state.fields.get(field)?.key : field.name) ?? '',
  );
  const rows: string[][] = parse(content, { delimiter, quote, relax_column_count: true, skip_empty_lines: true });
  const good = rows.filter((row) => ADDRESS.test(row[keys.indexOf('email')] ?? ''));
  for (const row of good) {
    const subscriber = state.upsertSubscriber(row[keys.indexOf('email')] ?? '', 'import');
    keys.forEach((key, index) => key !== 'email' && (subscriber.fields[key] = row[index]));
    change(state, subscriber, { groups });
  }
  return { imported: good.length, ignored: rows.length - good.length };
}

export const toWires = (state: ServiceState, subscribers: readonly NewsletterServiceSubscriber[], extras?: string): Json[] =>
  subscribers.map((subscriber) => toWireSubscriber(state, subscriber, extras));

export function toWireSubscriber(state: ServiceState, { id, email, status, source, createdAt, groups, fields }: NewsletterServiceSubscriber, extras = ''): Json {
  const optional: Json = {
    groups: [...groups].flatMap((group) => state.groups.get(group) ?? []),
    fields: [...state.fields.values()].filter(({ key }) => key in fields).map((field) => ({ ...field, value: String(fields[field.key]) })),
    statistics: { sent_count: 0, open_count: 0, click_count: 0, open_rate: 0, click_rate: 0 },
  };
  return {
    id,
    email,
    status,
    source,
    created_at: createdAt,
    ...Object.fromEntries(
      extras
        .split(',')
        .filter((name) => name in optional)
        .map((name) => [name, optional[name]]),
    ),
  };
}
