import type { CallOptions } from '@cmx/cloud-core';
import type { CountedList, ListOptions } from '../api/lists.ts';
import type { NewsletterApi } from '../api/newsletter-api.ts';
import { unexpectedAnswer } from '../api/newsletter-errors.ts';
import { checkedId, placeOf, textSegment } from '../api/path.ts';

/** A template of the editor. */
export interface Template {
  readonly id: number;
  readonly domainId: number;
  readonly name: string;
  /** The editor's own format. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly thumbnail: string;
}

/** Templates, which are drawn in the Manager's editor: the API has no way to make one but from a campaign. */
export class Templates {
  readonly #api: NewsletterApi;

  constructor(api: NewsletterApi) {
    this.#api = api;
  }

  list(options: ListOptions = {}): CountedList<Template> {
    return this.#api.list({ operation: 'templates.list', path: '/templates' }, {}, options);
  }

  /**
   * The template as HTML.
   *
   * @param template - Identifier or UUID.
   */
  async getHtml(template: number | string, options: CallOptions = {}): Promise<string> {
    const request = {
      operation: 'templates.getHtml',
      path: `/templates/${templateSegment(template)}/html`,
      resource: { type: 'template', name: String(template) },
    };
    const data = await this.#api.fetch<unknown>(request, options);
    const html = typeof data === 'object' && data !== null ? (data as { html?: unknown }).html : data;
    if (typeof html === 'string') return html;
    throw unexpectedAnswer('The service answered without HTML', request);
  }

  /** Makes a template of a campaign. @returns What the service says of it, usually its UUID. */
  async createFromCampaign(campaignId: number, template: number | string, options: CallOptions = {}): Promise<string> {
    const place = placeOf('campaigns', 'campaign', campaignId, `/template/${templateSegment(template)}`);
    return String(await this.#api.fetch({ operation: 'templates.createFromCampaign', method: 'POST', ...place }, options));
  }

  /** Draws the template's thumbnail anew. @returns What the service says of it, by its documentation the thumbnail's URL. */
  async updateThumbnail(id: number, options: CallOptions = {}): Promise<unknown> {
    return this.#api.fetch(
      { operation: 'templates.updateThumbnail', method: 'PUT', ...placeOf('templates', 'template', id, '/update-thumbnails') },
      options,
    );
  }
}

function templateSegment(template: number | string): string {
  return typeof template === 'number' ? String(checkedId('template', template)) : textSegment('template', template);
}
