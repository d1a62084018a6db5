import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState } from '../state.ts';
import { missing, notFound, success, type Filter, type Route } from '../wire-types.ts';

export function fieldRoutes(state: ServiceState): Route[] {
  const named = ({ search }: Filter = {}) => [...state.fields.values()].filter(({ name }) => includesText(name, search));
  return [
    { method: 'GET', path: '/fields', run: ({ query }) => pageOf(named(query.filter), query) },
    {
      method: 'POST',
      path: '/fields',
      run: ({ body }) =>
        missing(body, 'name', 'type') ??
        success(state.addField(body.name ?? '', body.slug ?? (body.name ?? '').toLowerCase().replaceAll(' ', '_')), 201),
    },
    {
      method: 'DELETE',
      path: '/fields',
      run: ({ body }) => {
        for (const { id } of selected(named(body.filter), [...state.fields.values()], body)) state.fields.delete(id);
        return success(true);
      },
    },
    {
      method: 'PUT',
      path: '/fields/:field',
      run: ({ params, body }) => {
        const field = state.fields.get(Number(params.field));
        return field ? (missing(body, 'name') ?? success(Object.assign(field, { name: body.name }))) : notFound();
      },
    },
    {
      method: 'DELETE',
      path: '/fields/:field',
      run: ({ params }) => {
        const field = state.fields.get(Number(params.field));
        if (!field) return notFound();
        state.fields.delete(field.id);
        return success(field);
      },
    },
  ];
}
