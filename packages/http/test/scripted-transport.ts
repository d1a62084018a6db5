import type { Clock } from '@cmx/cloud-core';
import { CollectedBody } from '../src/body/collected-body.ts';
import type { Transport, TransportRequest, TransportResponse } from '../src/index.ts';
import { RecordHeaders } from '../src/response-headers.ts';

/** What a scripted answer says; everything has a default. */
export interface ScriptedAnswer {
  readonly status?: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A transport that answers by a script, and keeps what it was asked. */
export class ScriptedTransport implements Transport {
  readonly name = 'scripted';
  readonly requests: TransportRequest[] = [];
  closed = false;
  readonly #script: (request: TransportRequest, count: number) => ScriptedAnswer | Error | Promise<ScriptedAnswer>;

  /** @param script - Called with each request and how many came before it. An `Error` is thrown. */
  constructor(script: (request: TransportRequest, count: number) => ScriptedAnswer | Error | Promise<ScriptedAnswer>) {
    this.#script = script;
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    this.requests.push(request);
    const answer = await this.#script(request, this.requests.length - 1);
    if (answer instanceof Error) throw answer;
    const { status = 200, headers = {}, body = '' } = answer;
    return { status, headers: new RecordHeaders(headers), body: new CollectedBody([new TextEncoder().encode(body)]) };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** A clock that stands still but for sleeps, which are over at once. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  time: number;

  constructor(time = Date.UTC(2026, 0, 1)) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  async sleep(timeInMs: number): Promise<void> {
    this.sleeps.push(timeInMs);
    this.time += timeInMs;
  }
}

/** The value of a header among names and values in turn. */
export function sentHeader({ headers }: TransportRequest, name: string): string | undefined {
  const index = headers.findIndex((text, position) => position % 2 === 0 && text === name);
  return index < 0 ? undefined : headers[index + 1];
}
