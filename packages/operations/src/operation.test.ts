import { CloudError } from '@cmx/cloud-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createOperationContext } from './operation-context.ts';
import { defineOperation, type Operation } from './operation.ts';

const greet = defineOperation({
  name: 'greet',
  summary: 'Greet somebody',
  risk: 'WRITE',
  riskOf: ({ loud }) => (loud ? 'EXPOSE' : 'WRITE'),
  input: z.object({ who: z.string().min(1), loud: z.boolean().default(false) }),
  output: z.object({ text: z.string() }),
  returns: 'value',
  cli: { command: 'greet', columns: ['text'], primary: 'text', confirm: ({ loud, who }) => (loud ? `Shout at ${who}?` : undefined) },
  handler: async ({ who, loud }) => ({ text: loud ? `HELLO ${who}` : `hello ${who}`, secret: 'not described' }),
});

async function valueOf(operation: Operation, input: unknown): Promise<unknown> {
  await using context = createOperationContext();
  const result = await operation.run(input, context);
  return result.kind === 'value' ? result.value : result.kind;
}

describe('defineOperation', () => {
  it('fills in defaults and lets only described fields out', async () => {
    expect(await valueOf(greet, { who: 'you' })).toEqual({ text: 'hello you' });
  });

  it.each([[{}], [{ who: '' }], [{ who: 1 }], [{ who: 'you', unknown: 1 }], [null], ['text']])('refuses the input %j', async (input) => {
    await expect(valueOf(greet, input)).rejects.toSatisfy((error) => CloudError.is(error, 'invalid_argument') && error.operation === 'greet');
  });

  it('decides on risk and question by the input', async () => {
    await using context = createOperationContext();
    expect([greet.risk, greet.riskOf({ who: 'you' }), greet.riskOf({ who: 'you', loud: true })]).toEqual(['WRITE', 'WRITE', 'EXPOSE']);
    expect([await greet.confirm({ who: 'you' }, context), await greet.confirm({ who: 'you', loud: true }, context)]).toEqual([[], ['Shout at you?']]);
  });

  it('yields items one at a time', async () => {
    const count = defineOperation({
      name: 'count',
      summary: 'Count',
      risk: 'READ',
      input: z.object({}),
      output: z.object({ n: z.number() }),
      returns: 'items',
      async *handler() {
        yield { n: 1 };
        yield { n: 2 };
      },
    });
    await using context = createOperationContext();
    const result = await count.run({}, context);
    const items: unknown[] = [];
    if (result.kind === 'items') for await (const item of result.items) items.push(item);
    expect(items).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('does not begin after an abort', async () => {
    await using context = createOperationContext({ abortSignal: AbortSignal.abort(new Error('enough')) });
    await expect(greet.run({ who: 'you' }, context)).rejects.toThrow('enough');
  });

  it('does not compile without a risk class, or with one that does not exist', () => {
    const rest = { name: 'x', summary: 'x', input: z.object({}), output: z.object({}), returns: 'value', handler: async () => ({}) } as const;
    // @ts-expect-error -- the risk class is missing
    defineOperation(rest);
    // @ts-expect-error -- there is no such class
    defineOperation({ ...rest, risk: 'HARMLESS' });
    expect(defineOperation({ ...rest, risk: 'READ' }).risk).toBe('READ');
  });

  it('does not compile when the handler answers with something else than the output', () => {
    const rest = { name: 'x', summary: 'x', risk: 'READ', input: z.object({ a: z.string() }), output: z.object({ b: z.number() }), returns: 'value' } as const;
    // @ts-expect-error -- b is a number
    defineOperation({ ...rest, handler: async () => ({ b: 'text' }) });
    // @ts-expect-error -- there is no field c in the input
    defineOperation({ ...rest, handler: async ({ c }: { c: string }) => ({ b: c.length }) });
  });
});
