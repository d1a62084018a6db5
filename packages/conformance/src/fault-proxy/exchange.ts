import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pause } from './body-steps.ts';
import type { BodyStep } from './body-steps.ts';
import { toBytes } from './fault-plan.ts';
import type { AnswerHead, FaultPlan } from './fault-plan.ts';
import type { CutBy, MadeUpAnswer } from './faults.ts';
import { endToEnd, fromRawHeaders, toRawHeaders } from './headers.ts';
import type { HeaderList } from './headers.ts';

/** How an exchange ended: a whole answer, a cut made by a fault, or a client or target that left. */
export type ExchangeOutcome = 'answered' | 'cut' | 'client-left' | 'target-failed';

/** Where requests go: node's `http.request` and the target's address. */
export interface Target {
  readonly request: (options: RequestOptions) => ClientRequest;
  readonly hostname: string;
  readonly port: string;
}

/** Takes one request through the proxy, changed as the plan says. Never rejects. */
export async function runExchange(request: IncomingMessage, response: ServerResponse, target: Target, plan: FaultPlan): Promise<ExchangeOutcome> {
  const clientLeft = new AbortController();
  response.on('close', () => {
    clientLeft.abort();
  });
  response.on('error', () => undefined);
  try {
    return await carry(request, response, target, plan, clientLeft.signal);
  } catch {
    const outcome = clientLeft.signal.aborted ? 'client-left' : 'target-failed';
    response.destroy();
    return outcome;
  }
}

async function carry(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  plan: FaultPlan,
  signal: AbortSignal,
): Promise<ExchangeOutcome> {
  const socket = request.socket;
  const local = plan.answer !== undefined || plan.cut?.afterTarget === false;
  if (local) await drain(request);
  if (plan.silence) await pause(plan.silence.durationInMs, signal);
  signal.throwIfAborted();
  if (plan.answer) return sendAnswer(response, plan.answer);
  if (plan.cut?.afterTarget === false) return cutConnection(socket, plan.cut.by);

  const answer = await askTarget(request, target, plan, signal);
  if (plan.cut) {
    await drain(answer);
    return cutConnection(socket, plan.cut.by);
  }
  const received: AnswerHead = { status: answer.statusCode ?? 502, headers: endToEnd(fromRawHeaders(answer.rawHeaders)) };
  const head = plan.head?.(received) ?? received;
  response.writeHead(head.status, toRawHeaders(head.headers));
  response.flushHeaders();
  const steps: AsyncIterable<BodyStep> = plan.body?.(answer, signal) ?? answer;
  for await (const step of steps) {
    if (typeof step === 'string') return cutConnection(socket, step);
    await write(response, step, signal);
  }
  return finish(response);
}

/** Passes the request on as it was signed, its `Host` included, and resolves with the head of the answer. */
async function askTarget(request: IncomingMessage, target: Target, plan: FaultPlan, signal: AbortSignal): Promise<IncomingMessage> {
  const received: HeaderList = endToEnd(fromRawHeaders(request.rawHeaders));
  const headers = plan.requestHeaders?.(received) ?? received;
  return new Promise((resolve, reject) => {
    const onward = target.request({
      hostname: target.hostname,
      port: target.port,
      method: request.method,
      path: request.url,
      headers: toRawHeaders(headers),
      agent: false,
      setHost: false,
    });
    signal.addEventListener('abort', () => onward.destroy(), { once: true });
    request.on('close', () => {
      if (!request.complete) onward.destroy();
    });
    onward.on('response', resolve);
    onward.on('error', reject);
    request.pipe(onward);
  });
}

async function sendAnswer(response: ServerResponse, { status, headers, body = '' }: MadeUpAnswer): Promise<ExchangeOutcome> {
  const bytes = toBytes(body);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  response.write(bytes);
  return finish(response);
}

async function finish(response: ServerResponse): Promise<ExchangeOutcome> {
  await new Promise<void>((resolve) => {
    response.on('close', resolve);
    response.end(resolve);
  });
  return response.writableFinished ? 'answered' : 'client-left';
}

/** Resolves when the kernel has the bytes, so that a RST cannot overtake them. */
async function write(response: ServerResponse, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (bytes.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The client left.')), { once: true });
    response.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

async function drain(message: IncomingMessage): Promise<void> {
  for await (const _ of message);
}

function cutConnection(socket: Socket, by: CutBy): ExchangeOutcome {
  if (by === 'rst') socket.resetAndDestroy();
  else socket.destroySoon();
  return 'cut';
}
