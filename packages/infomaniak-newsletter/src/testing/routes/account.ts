import { pageOf } from '../collection.ts';
import type { ServiceState } from '../state.ts';
import { notFound, success, type Json, type Query, type Reply, type Route } from '../wire-types.ts';

/** The domain itself, templates, credits and operations. */
export function accountRoutes(state: ServiceState): Route[] {
  return [
    { method: 'GET', path: '', run: () => success(domain(state)) },
    { method: 'DELETE', path: '', run: () => success((state.domainDeleted = true)) },
    { method: 'GET', path: '/api-key', run: () => success(['key']) },
    {
      method: 'GET',
      path: '/templates',
      run: ({ query }) =>
        pageOf(
          [...state.templates.values()].map((template) => ({
            ...template,
            domain_id: state.domainId,
            content: { blocks: [] },
            thumbnail: 'https://example.com/letter.png',
          })),
          query,
        ),
    },
    {
      method: 'GET',
      path: '/templates/:template/html',
      run: ({ params }) => (state.templates.has(Number(params.template)) ? success('<p>Letter</p>') : notFound()),
    },
    {
      method: 'PUT',
      path: '/templates/:template/update-thumbnails',
      run: ({ params }) => (state.templates.has(Number(params.template)) ? success('https://example.com/new.png') : notFound()),
    },
    {
      method: 'POST',
      path: '/campaigns/:campaign/template/:template',
      run: ({ params }) => {
        const campaign = state.campaigns.get(Number(params.campaign));
        if (!campaign) return notFound();
        return success(`template-${String(state.addTemplate(campaign.input.subject ?? ''))}`);
      },
    },
    { method: 'GET', path: '/credits', run: ({ query }) => pageOf(state.creditMoves, query) },
    { method: 'GET', path: '/credits/accounts', run: ({ query }) => lastMove(state, query) },
    { method: 'GET', path: '/credits/details', run: () => success({ total: state.credits, expires_at: state.now() + 86_400 }) },
    { method: 'GET', path: '/credits/packs', run: () => success(['1000', '5000']) },
    { method: 'GET', path: '/credits/checkout/:id', run: ({ params }) => success({ url: `https://example.com/checkout/${params.id ?? ''}` }) },
    {
      method: 'DELETE',
      path: '/operations/:operation',
      run: ({ params }) => {
        const operation = state.operations.get(params.operation ?? '');
        if (!operation || operation.status === 'executed' || operation.status === 'failed') return notFound();
        return success(state.operations.delete(operation.uuid));
      },
    },
  ];
}

/** By the document, a list of one without its brackets. */
function lastMove(state: ServiceState, query: Query): Reply {
  const move = state.creditMoves.at(-1) ?? { id: 1, quantity: state.credits, type: 'pack', genre: 'credit', created_at: state.now() };
  const page = pageOf([move], query);
  return { ...page, envelope: { ...page.envelope, data: (page.envelope.data as Json[])[0] } };
}

function domain({ domainId }: ServiceState): Json {
  return { id: domainId, name: 'example.com', credit_month: 0, sender_type: 'smtp', status: 'enabled', can_use_other_domains: false, dns: null };
}

/** The account-wide task list, which is no part of the newsletter's document. */
export function taskReply(state: ServiceState, uuid: string) {
  const task = state.operations.get(uuid);
  if (!task) return notFound();
  const { status, createdAt, response, error } = task;
  const isOver = status === 'executed' || status === 'failed';
  const at = isOver ? state.now() : 0;
  return success({
    uuid,
    status,
    created_at: createdAt,
    updated_at: state.now(),
    executed_at: at,
    finished_at: at,
    response,
    ...(error && { error }),
  });
}
