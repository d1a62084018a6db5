import type { Clock } from '@cmx/cloud-core';
import { randomUUID } from 'node:crypto';
import type { Body, Conditions, Json } from './wire-types.ts';

export interface NewsletterServiceSubscriber {
  readonly id: number;
  readonly email: string;
  status: string;
  /** How they came: `api`, `import`, `webform`. */
  readonly source: string;
  /** Unix seconds. */
  readonly createdAt: number;
  /** Ids. */
  readonly groups: Set<number>;
  /** By the field's key. */
  fields: Record<string, unknown>;
}

export interface NewsletterServiceCampaign {
  readonly id: number;
  /** As it was created and updated, in the API's own words. */
  readonly input: Json;
  /** `draft`, `scheduled`, `sent`. */
  status: string;
}

/** Work that goes on in the background. */
export interface NewsletterServiceOperation {
  readonly uuid: string;
  status: 'spooled' | 'running' | 'executed' | 'failed';
  /** Does the work and gives its answer. One that throws makes it fail. */
  apply(): Json;
}

/** What the service keeps. May be changed, to stage what others did. */
export interface NewsletterServiceState {
  readonly subscribers: Map<number, NewsletterServiceSubscriber>;
  readonly campaigns: Map<number, NewsletterServiceCampaign>;
  readonly groups: Map<number, { readonly id: number; name: string }>;
  /** By uuid. */
  readonly operations: Map<string, NewsletterServiceOperation>;
  /** CSV files that were uploaded. */
  readonly uploads: Map<number, string>;
  /** Addresses that were sent a test, in order. */
  readonly tests: string[];
  /** Addresses that were forgotten, in order. */
  readonly forgotten: string[];
  /** How many are left: each recipient of a campaign costs one. */
  credits: number;
  /** Makes a group, as nobody has to ask for. */
  addGroup(name: string): { readonly id: number; name: string };
}

export interface TrackingRecord {
  readonly subscriber_id: number;
  readonly email: string;
  readonly action: string;
  readonly created_at: number;
}

export interface StoredCampaign extends NewsletterServiceCampaign {
  readonly input: Body;
  startedAt: number;
  readonly createdAt: number;
  readonly tracking: TrackingRecord[];
}

export interface StoredOperation extends NewsletterServiceOperation {
  readonly createdAt: number;
  readonly appliesAt: number;
  response: Json;
  error?: Json;
}

interface Named {
  readonly id: number;
  name: string;
}

export interface StoredField extends Named {
  readonly key: string;
}

export interface StoredSegment extends Named {
  readonly data: Conditions;
  readonly updated_at: number;
}

export interface StoredWebform extends Named {
  readonly input: Json;
  readonly created_at: number;
}

/** Everything the service keeps. Work in the background is done when its time has come on the service's clock. */
export class ServiceState implements NewsletterServiceState {
  readonly domainId: number;
  readonly clock: Clock;
  /** Milliseconds between accepting work and doing it. */
  readonly #applyInMs: number;
  domainDeleted = false;
  credits = 1_000;
  readonly campaigns = new Map<number, StoredCampaign>();
  readonly subscribers = new Map<number, NewsletterServiceSubscriber>();
  readonly groups = new Map<number, Named>();
  readonly segments = new Map<number, StoredSegment>();
  readonly fields = new Map<number, StoredField>();
  readonly templates = new Map<number, Named>();
  readonly webforms = new Map<number, StoredWebform>();
  readonly creditMoves: Json[] = [];
  readonly uploads = new Map<number, string>();
  readonly operations = new Map<string, StoredOperation>();
  readonly tests: string[] = [];
  readonly forgotten: string[] = [];
  #lastId = 100;

  constructor({ domainId, clock, applyInMs }: { readonly domainId: number; readonly clock: Clock; readonly applyInMs: number }) {
    this.domainId = domainId;
    this.clock = clock;
    this.#applyInMs = applyInMs;
    for (const [name, key] of [
      ['E-mail', 'email'],
      ['First name', 'firstname'],
      ['Last name', 'lastname'],
    ] as const)
      this.addField(name, key);
    this.addTemplate('Letter');
  }

  nextId(): number {
    return ++this.#lastId;
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  addField(name: string, key: string): StoredField {
    const id = this.nextId();
    const field = { id, name, key };
    this.fields.set(id, field);
    return field;
  }

  addTemplate(name: string): number {
    const id = this.nextId();
    this.templates.set(id, { id, name });
    return id;
  }

  addGroup(name: string): Named {
    const id = this.nextId();
    const group = { id, name, updated_at: this.now() };
    this.groups.set(id, group);
    return group;
  }

  subscriberByEmail(email: string): NewsletterServiceSubscriber | undefined {
    return [...this.subscribers.values()].find((subscriber) => subscriber.email === email.toLowerCase());
  }

  upsertSubscriber(email: string, source: string): NewsletterServiceSubscriber {
    const known = this.subscriberByEmail(email);
    if (known) return known;
    const subscriber = {
      id: this.nextId(),
      email: email.toLowerCase(),
      status: 'active',
      source,
      createdAt: this.now(),
      groups: new Set<number>(),
      fields: {},
    };
    this.subscribers.set(subscriber.id, subscriber);
    return subscriber;
  }

  /** Groups by identifier, or by name; those that there are not are made. */
  groupIds(references: readonly (number | string)[] = []): number[] {
    return references.map((reference) => {
      if (typeof reference === 'number') return reference;
      const known = [...this.groups.values()].find(({ name }) => name === reference);
      return (known ?? this.addGroup(reference)).id;
    });
  }

  queue(apply: () => Json): string {
    const uuid = randomUUID();
    this.operations.set(uuid, { uuid, status: 'spooled', createdAt: this.now(), appliesAt: this.clock.now() + this.#applyInMs, response: {}, apply });
    return uuid;
  }

  /** Does what is due: scheduled campaigns leave, queued work is done. */
  settle(): void {
    for (const campaign of this.campaigns.values()) {
      if (campaign.status === 'scheduled' && campaign.startedAt <= this.now()) this.sendCampaign(campaign);
    }
    for (const operation of this.operations.values()) this.#settleOperation(operation);
  }

  #settleOperation(operation: StoredOperation): void {
    if (operation.status === 'executed' || operation.status === 'failed') return;
    const left = operation.appliesAt - this.clock.now();
    operation.status = left > this.#applyInMs / 2 ? 'spooled' : 'running';
    if (left > 0) return;
    try {
      operation.response = operation.apply();
      operation.status = 'executed';
    } catch (error) {
      operation.status = 'failed';
      operation.error = { code: 'unexpected_error', description: (error as Error).message };
    }
  }

  sendCampaign(campaign: StoredCampaign): void {
    campaign.status = 'sent';
    campaign.startedAt = this.now();
    for (const { id, email } of this.recipientsOf(campaign)) {
      campaign.tracking.push(
        { subscriber_id: id, email, action: 'send', created_at: this.now() },
        { subscriber_id: id, email, action: 'delivery', created_at: this.now() },
      );
      this.credits -= 1;
    }
    this.creditMoves.push({
      id: this.nextId(),
      campaign_id: campaign.id,
      campaign_subject: campaign.input.subject,
      quantity: -(campaign.tracking.length / 2),
      type: 'campaign',
      genre: 'debit',
      created_at: this.now(),
    });
  }

  recipientsOf({ input: { recipients = {} } }: StoredCampaign): NewsletterServiceSubscriber[] {
    const wanted = recipients.groups?.include ?? [];
    const active = [...this.subscribers.values()].filter(({ status }) => status === 'active');
    return active.filter(
      ({ email, groups }) => recipients.all_subscribers || recipients.emails?.includes(email) || wanted.some((id) => groups.has(id)),
    );
  }
}
