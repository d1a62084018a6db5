import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState } from '../state.ts';
import { accepted, notFound, success, type Json, type Reply, type Route, type ServiceRequest } from '../wire-types.ts';

const TEXTS = ['name', 'title', 'subtitle', 'button', 'msg_ok', 'msg_ok_redir', 'placeholder', 'design', 'rgpd', 'rgpd_msg', 'notify', 'notify_address', 'notify_lang', 'email_title', 'email_from_addr', 'email_from_name'];

export function webformRoutes(state: ServiceState): Route[] {
  const withWebform = (act: (webform: Json, request: ServiceRequest) => Reply) => (request: ServiceRequest): Reply => {
    const webform = state.webforms.get(Number(request.params.webform));
    return webform ? act(webform, request) : notFound();
  };
  const named = ({ search }: Json = {}) => [...state.webforms.values()].filter(({ name }) => includesText(name, search));
  const create = (input: Json): Json => {
    const webform = { name: '', ...input, id: state.nextId(), created_at: state.now(), updated_at: state.now() };
    state.webforms.set(webform.id, webform);
    return webform;
  };
  return [
    { method: 'GET', path: '/webforms', run: ({ query }) => pageOf(named(query.filter).map(toWire), query) },
    { method: 'POST', path: '/webforms', run: ({ body }) => success(toWire(create(body)), 201) },
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
    { method: 'PUT', path: '/webforms/:webform', run: withWebform((webform, { body }) => success(toWire(Object.assign(webform, body, { updated_at: state.now() })))) },
    {
      method: 'DELETE',
      path: '/webforms/:webform',
      run: withWebform((webform) => {
        state.webforms.delete(webform.id);
        return success(toWire(webform));
      }),
    },
    { method: 'GET', path: '/webforms/:webform/fields', run: withWebform(({ fields }) => success(fields ?? [])) },
  ];
}

/** Flags are written as booleans and come back as texts. */
function toWire(webform: Json): Json {
  return {
    id: webform.id,
    ...Object.fromEntries(TEXTS.map((name) => [name, String(webform[name] ?? '')])),
    confirmation_url: webform.confirmation_url ?? null,
    validation_url: webform.validation_url ?? null,
    template_email_id: 1,
    template_confirmation_id: 2,
    template_validation_id: 3,
    created_at: webform.created_at,
    updated_at: webform.updated_at,
  };
}
