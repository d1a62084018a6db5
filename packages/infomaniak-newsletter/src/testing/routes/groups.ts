import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState } from '../state.ts';
import { accepted, missing, notFound, success, type Filter, type Reply, type Route, type ServiceRequest } from '../wire-types.ts';
import { matching, toWires } from './subscribers.ts';

interface Group {
  readonly id: number;
  name: string;
  readonly subscribed_count?: string;
}

export function groupRoutes(state: ServiceState): Route[] {
  const withGroup =
    (act: (group: Group, request: ServiceRequest) => Reply) =>
    (request: ServiceRequest): Reply => {
      const group = state.groups.get(Number(request.params.group));
      return group ? act(group, request) : notFound();
    };
  const named = ({ search }: Filter = {}) => [...state.groups.values()].filter(({ name }) => includesText(name, search));
  const withCount = (group: Group, extras = ''): Group =>
    extras.includes('subscribed_count') ? { ...group, subscribed_count: String(matching(state, { groups: [group.id] }).length) } : group;
  const changeMembers = (change: (groups: Set<number>, id: number) => void) =>
    withGroup(({ id }, { body }) => {
      const members = (body.subscriber_ids ?? []).flatMap((subscriberId) => state.subscribers.get(subscriberId) ?? []);
      for (const { groups } of members) change(groups, id);
      return success(toWires(state, members));
    });
  return [
    {
      method: 'GET',
      path: '/groups',
      run: ({ query }) =>
        pageOf(
          named(query.filter).map((group) => withCount(group, query.with)),
          query,
        ),
    },
    { method: 'POST', path: '/groups', run: ({ body }) => missing(body, 'name') ?? success(state.addGroup(body.name ?? ''), 201) },
    {
      method: 'DELETE',
      path: '/groups',
      run: ({ body }) =>
        accepted(
          state.queue(() => {
            const doomed = selected(named(body.filter), [...state.groups.values()], body);
            for (const { id } of doomed) state.groups.delete(id);
            return { deleted: doomed.length };
          }),
        ),
    },
    { method: 'GET', path: '/groups/:group', run: withGroup((group, { query }) => success(withCount(group, query.with))) },
    {
      method: 'PUT',
      path: '/groups/:group',
      run: withGroup((group, { body }) => missing(body, 'name') ?? success(Object.assign(group, { name: body.name, updated_at: state.now() }))),
    },
    { method: 'DELETE', path: '/groups/:group', run: withGroup(({ id }) => success(state.groups.delete(id))) },
    {
      method: 'GET',
      path: '/groups/:group/subscribers',
      run: withGroup(({ id }, { query }) => pageOf(toWires(state, matching(state, { ...query.filter, groups: [id] }), query.with), query)),
    },
    { method: 'POST', path: '/groups/:group/subscribers/assign', run: changeMembers((groups, id) => groups.add(id)) },
    { method: 'POST', path: '/groups/:group/subscribers/unassign', run: changeMembers((groups, id) => groups.delete(id)) },
  ];
}
