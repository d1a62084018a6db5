import { includesText, pageOf, selected } from '../collection.ts';
import type { ServiceState, StoredCampaign } from '../state.ts';
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

export function campaignRoutes(state: ServiceState): Route[] {
  const withCampaign =
    (act: (campaign: StoredCampaign, request: ServiceRequest) => Reply) =>
    (request: ServiceRequest): Reply => {
      const campaign = state.campaigns.get(Number(request.params.campaign));
      return campaign ? act(campaign, request) : notFound();
    };
  const matching = ({ search, status }: Filter = {}) =>
    [...state.campaigns.values()].filter(
      (campaign) => includesText(campaign.input.subject ?? '', search) && (!status || status.includes(campaign.status)),
    );
  const create = (input: Body): StoredCampaign => {
    const campaign = { id: state.nextId(), input, status: 'draft', startedAt: 0, createdAt: state.now(), tracking: [] };
    state.campaigns.set(campaign.id, campaign);
    return campaign;
  };
  return [
    {
      method: 'GET',
      path: '/campaigns',
      run: ({ query }) => {
        const since = Number(query.date_from ?? 0);
        const found = matching(query.filter).filter(({ createdAt }) => createdAt >= since && createdAt <= Number(query.date_to ?? Infinity));
        return pageOf(
          found.map((campaign) => toWire(state, campaign, query.with)),
          query,
        );
      },
    },
    {
      method: 'POST',
      path: '/campaigns',
      run: ({ body }) => missing(body, 'subject', 'lang', 'email_from_addr', 'email_from_name') ?? success(toWire(state, create(body)), 201),
    },
    {
      method: 'DELETE',
      path: '/campaigns',
      run: ({ query, body }) =>
        accepted(
          state.queue(() => {
            const doomed = selected(matching(query.filter), [...state.campaigns.values()], body);
            for (const { id } of doomed) state.campaigns.delete(id);
            return { deleted: doomed.length };
          }),
        ),
    },
    { method: 'GET', path: '/campaigns/:campaign', run: withCampaign((campaign, { query }) => success(toWire(state, campaign, query.with))) },
    {
      method: 'PUT',
      path: '/campaigns/:campaign',
      run: withCampaign((campaign, { body }) => {
        if (campaign.status !== 'draft') return failure(400, 'bad_request', 'Only a draft can be changed');
        Object.assign(campaign.input, body);
        return success(toWire(state, campaign));
      }),
    },
    { method: 'DELETE', path: '/campaigns/:campaign', run: withCampaign(({ id }) => success(state.campaigns.delete(id))) },
    {
      method: 'PUT',
      path: '/campaigns/:campaign/schedule',
      run: withCampaign((campaign, { body }) => {
        if (campaign.status === 'sent') return failure(400, 'bad_request', 'The campaign has been sent');
        if (body.started_at !== undefined && body.started_at < state.now()) return invalid({ started_at: 'The started_at must be in the future.' });
        if (body.started_at === undefined) state.sendCampaign(campaign);
        else Object.assign(campaign, { status: 'scheduled', startedAt: body.started_at });
        return success(true);
      }),
    },
    {
      method: 'PUT',
      path: '/campaigns/:campaign/cancel',
      run: withCampaign((campaign) => {
        if (campaign.status !== 'scheduled') return failure(400, 'bad_request', 'The campaign is not scheduled');
        Object.assign(campaign, { status: 'canceled', startedAt: 0 });
        return success(true);
      }),
    },
    { method: 'POST', path: '/campaigns/:campaign/duplicate', run: withCampaign(({ input }) => success(toWire(state, create({ ...input })))) },
    {
      method: 'POST',
      path: '/campaigns/:campaign/test',
      run: withCampaign((_, { body }) => missing(body, 'email') ?? success(state.tests.push(body.email ?? '') > 0)),
    },
    {
      method: 'POST',
      path: '/campaigns/template/:uuid/test',
      run: ({ body }) => missing(body, 'emails') ?? success(state.tests.push(...(body.emails ?? [])) > 0),
    },
    {
      method: 'GET',
      path: '/campaigns/:campaign/tracking',
      run: withCampaign(({ tracking }, { query }) =>
        pageOf(
          tracking.filter(
            ({ action, email }) => (!query.filter?.action || action === query.filter.action) && includesText(email, query.filter?.search),
          ),
          query,
        ),
      ),
    },
    { method: 'GET', path: '/campaigns/:campaign/report/links', run: withCampaign(() => success([{ url: 'https://example.com/', click_count: 0 }])) },
    {
      method: 'GET',
      path: '/campaigns/:campaign/report/activity',
      run: withCampaign(({ tracking }, { query }) => {
        const sent = tracking.filter(({ action }) => action === 'send');
        return pageOf(
          sent.map(({ email, subscriber_id: id }) => ({ id, email, open_count: 0, click_count: 0 })),
          query,
        );
      }),
    },
  ];
}

function toWire(state: ServiceState, campaign: StoredCampaign, extras = ''): Json {
  const { id, input, status, startedAt, createdAt, tracking } = campaign;
  const sent = tracking.length / 2;
  const optional: Json = {
    recipients: input.recipients ?? [],
    content: input.content_html ?? '',
    subscribers_count: state.recipientsOf(campaign).length,
    statistics: statistics(sent),
  };
  return {
    id,
    status,
    subject: input.subject,
    preheader: input.preheader ?? '',
    lang: input.lang,
    email_from_name: input.email_from_name,
    email_from_addr: input.email_from_addr,
    tracking_link: input.tracking_link ?? true,
    tracking_opening: input.tracking_opening ?? true,
    tracking_utm: input.tracking_utm ?? [],
    sending_batch: null,
    next_step: status === 'draft' ? 'send' : 'report',
    started_at: startedAt,
    created_at: createdAt,
    ...Object.fromEntries(
      extras
        .split(',')
        .filter((name) => name in optional)
        .map((name) => [name, optional[name]]),
    ),
  };
}

function statistics(sent: number): Json {
  const counts = ['sent', 'delivery'].map((name) => [`${name}_count`, sent]);
  const zeros = ['open', 'click', 'complaint', 'bounce', 'soft_bounce', 'unsubscribe'].flatMap((name) => [
    [`${name}_count`, 0],
    [`${name}_rate`, 0],
  ]);
  return Object.fromEntries([...counts, ...zeros, ['delivery_rate', sent > 0 ? 100 : 0]] as [string, number][]);
}
