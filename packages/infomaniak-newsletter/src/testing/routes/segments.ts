import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState, StoredSegment, NewsletterServiceSubscriber } from '../state.ts';
import {
  missing,
  notFound,
  success,
  type Body,
  type Condition,
  type Conditions,
  type Filter,
  type Json,
  type Reply,
  type Route,
  type ServiceRequest,
} from '../wire-types.ts';
import { matching, toWires } from './subscribers.ts';

export function segmentRoutes(state: ServiceState): Route[] {
  const withSegment =
    (act: (segment: StoredSegment, request: ServiceRequest) => Reply) =>
    (request: ServiceRequest): Reply => {
      const segment = state.segments.get(Number(request.params.segment));
      return segment ? act(segment, request) : notFound();
    };
  const named = ({ search }: Filter = {}) => [...state.segments.values()].filter(({ name }) => includesText(name, search));
  const members = ({ data }: StoredSegment): NewsletterServiceSubscriber[] => matching(state).filter((subscriber) => belongs(state, subscriber, data));
  const toWire = (segment: StoredSegment): Json => ({ ...segment, subscribed_count: members(segment).length });
  const create = ({ name = '', data = { conds: [] } }: Body): StoredSegment => {
    const segment = { id: state.nextId(), name, data, updated_at: state.now() };
    state.segments.set(segment.id, segment);
    return segment;
  };
  return [
    { method: 'GET', path: '/segments', run: ({ query }) => pageOf(named(query.filter).map(toWire), query) },
    { method: 'POST', path: '/segments', run: ({ body }) => missing(body, 'name', 'data') ?? success(toWire(create(body)), 201) },
    {
      method: 'DELETE',
      path: '/segments',
      run: ({ body }) => {
        for (const { id } of selected(named(body.filter), [...state.segments.values()], body)) state.segments.delete(id);
        return success(true);
      },
    },
    { method: 'GET', path: '/segments/:segment', run: withSegment((segment) => success(toWire(segment))) },
    {
      method: 'PUT',
      path: '/segments/:segment',
      run: withSegment((segment, { body }) => success(toWire(Object.assign(segment, body, { updated_at: state.now() })))),
    },
    { method: 'DELETE', path: '/segments/:segment', run: withSegment(({ id }) => success(state.segments.delete(id))) },
    {
      method: 'GET',
      path: '/segments/:segment/subscribers',
      run: withSegment((segment, { query }) => pageOf(toWires(state, members(segment), query.with), query)),
    },
  ];
}

/** Conditions on groups and fields count; what somebody did with campaigns is not kept here. */
function belongs(state: ServiceState, subscriber: NewsletterServiceSubscriber, { conds }: Conditions): boolean {
  return conds.some((all) => all.conds.every((condition) => holds(state, subscriber, condition)));
}

function holds(state: ServiceState, { groups, fields }: NewsletterServiceSubscriber, condition: Condition): boolean {
  if (condition.type === 'mailinglist') return groups.has(condition.mailinglist_id ?? 0) === (condition.operator === 'include');
  if (condition.type !== 'meta') return false;
  const value = String((fields as Record<string, string>)[state.fields.get(condition.meta_id ?? 0)?.key ?? ''] ?? '');
  return condition.operator === '=' ? value === condition.value : value.includes(condition.value ?? '');
}
