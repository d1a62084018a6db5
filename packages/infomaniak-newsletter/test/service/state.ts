import type { Clock } from '@cmx/cloud-core';
import { randomUUID } from 'node:crypto';
import type { Body, Conditions, Json } from './wire-types.ts';

export interface StoredSubscriber {
  readonly id: number;
  readonly email: string;
  status: string;
  source: string;
  readonly createdAt: number;
  readonly groups: Set<number>;
  fields: Record<string, unknown>;
}

export interface TrackingRecord {
  readonly subscriber_id: number;
  readonly email: string;
  readonly action: string;
  readonly created_at: number;
}

export interface StoredCampaign {
  readonly id: number;
  readonly input: Body;
  status: string;
  startedAt: number;
  readonly createdAt: number;
  readonly tracking: TrackingRecord[];
}

export interface StoredOperation {
  readonly uuid: string;
  status: 'spooled' | 'running' | 'executed' | 'failed';
  readonly createdAt: number;
  readonly appliesAt: number;
  response: Json;
  error?: Json;
  apply(): Json;
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
export class ServiceState {
  readonly domainId: number;
  readonly clock: Clock;
  /** Milliseconds between accepting work and doing it. */
  lagInMs = 4_000;
  domainDeleted = false;
  credits = 1_000;
  readonly campaigns = new Map<number, StoredCampaign>();
  readonly subscribers = new Map<number, StoredSubscriber>();
  readonly groups = new Map<number, Named>();
  readonly segments = new Map<number, StoredSegment>();
  readonly fields = new Map<number, StoredField>();
  readonly templates = new Map<number, Named>();
  readonly webforms = new Map<number, StoredWebform>();
  readonly creditMoves: Json[] = [];
  readonly uploads = new Map<number, string>();
  readonly operations = new Map<string, StoredOperation>();
  /** Addresses that were sent a test. */
  readonly tests: string[] = [];
  readonly forgotten: string[] = [];
  #lastId = 100;

  constructor(domainId: number, clock: Clock) {
    this.domainId = domainId;
    this.clock = clock;
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

  subscriberByEmail(email: string): StoredSubscriber | undefined {
    return [...this.subscribers.values()].find((subscriber) => subscriber.email === email.toLowerCase());
  }

  upsertSubscriber(email: string, source: string): StoredSubscriber {
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
    this.operations.set(uuid, { uuid, status: 'spooled', createdAt: this.now(), appliesAt: this.clock.now() + this.lagInMs, response: {}, apply });
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
    operation.status = left > this.lagInMs / 2 ? 'spooled' : 'running';
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

  recipientsOf({ input: { recipients = {} } }: StoredCampaign): StoredSubscriber[] {
    const wanted = recipients.groups?.include ?? [];
    const active = [...this.subscribers.values()].filter(({ status }) => status === 'active');
    return active.filter(
      ({ email, groups }) => recipients.all_subscribers || recipients.emails?.includes(email) || wanted.some((id) => groups.has(id)),
    );
  }
}
