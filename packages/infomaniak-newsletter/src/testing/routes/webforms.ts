import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState, StoredWebform } from '../state.ts';
import { accepted, notFound, success, type Filter, type Json, type Reply, type Route, type ServiceRequest } from '../wire-types.ts';

const TEXTS = [
  'name',
  'title',
  'subtitle',
  'button',
  'msg_ok',
  'msg_ok_redir',
  'placeholder',
  'design',
  'rgpd',
  'rgpd_msg',
  'notify',
  'notify_address',
  'notify_lang',
  'email_title',
  'email_from_addr',
  'email_from_name',
];

export function webformRoutes(state: ServiceState): Route[] {
  const withWebform =
    (act: (webform: StoredWebform, request: ServiceRequest) => Reply) =>
    (request: ServiceRequest): Reply => {
      const webform = state.webforms.get(Number(request.params.webform));
      return webform ? act(webform, request) : notFound();
    };
  const named = ({ search }: Filter = {}) => [...state.webforms.values()].filter(({ name }) => includesText(name, search));
  const put = (id: number, input: Json, createdAt: number): Json => {
    const webform = { id, name: String((input as { name?: string }).name ?? ''), input, created_at: createdAt };
    state.webforms.set(id, webform);
    return toWire(webform, state.now());
  };
  return [
    {
      method: 'GET',
      path: '/webforms',
      run: ({ query }) =>
        pageOf(
          named(query.filter).map((webform) => toWire(webform)),
          query,
        ),
    },
    { method: 'POST', path: '/webforms', run: ({ body }) => success(put(state.nextId(), body, state.now()), 201) },
    {
      method: 'DELETE',
      path: '/webforms',
      run: ({ body }) =>
        accepted(
          state.queue(() => {
            const doomed = selected(named(body.filter), [...state.webforms.values()], body);
            for (const { id } of doomed) state.webforms.delete(id);
            return { deleted: doomed.length };
          }),
        ),
    },
    { method: 'GET', path: '/webforms/themes', run: () => success([{ name: 'light' }, { name: 'dark' }]) },
    { method: 'GET', path: '/webforms/:webform', run: withWebform((webform) => success(toWire(webform))) },
    {
      method: 'PUT',
      path: '/webforms/:webform',
      run: withWebform(({ id, input, created_at: createdAt }, { body }) => success(put(id, { ...input, ...body }, createdAt))),
    },
    {
      method: 'DELETE',
      path: '/webforms/:webform',
      run: withWebform((webform) => {
        state.webforms.delete(webform.id);
        return success(toWire(webform));
      }),
    },
    { method: 'GET', path: '/webforms/:webform/fields', run: withWebform(({ input }) => success(input.fields ?? [])) },
  ];
}

/** Flags are written as booleans and come back as texts. */
function toWire({ id, input, created_at: createdAt }: StoredWebform, updatedAt = createdAt): Json {
  return {
    id,
    ...Object.fromEntries(TEXTS.map((name) => [name, String((input as Record<string, string | boolean>)[name] ?? '')])),
    confirmation_url: input.confirmation_url ?? null,
    validation_url: input.validation_url ?? null,
    template_email_id: 1,
    template_confirmation_id: 2,
    template_validation_id: 3,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
