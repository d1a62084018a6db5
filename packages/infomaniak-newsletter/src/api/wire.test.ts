import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from './wire.ts';

describe('what the service sends', () => {
  it('has its names in camel case and its times as dates', () => {
    expect(fromWire({ email_from_addr: 'a', created_at: 1_700_000_000, statistics: { open_rate: 0.5 } })).toEqual({
      emailFromAddr: 'a',
      createdAt: new Date('2023-11-14T22:13:20Z'),
      statistics: { openRate: 0.5 },
    });
  });

  it.each([0, null])('has no time where it says %s', (started_at) => {
    expect(fromWire([{ started_at }])).toEqual([{ startedAt: undefined }]);
  });

  it("keeps names that are not the service's", () => {
    expect(fromWire({ advanced_statistics: { browser: { chrome_mobile: 1 }, mobile: {} } })).toEqual({
      advancedStatistics: { browser: { chrome_mobile: 1 }, mobile: {} },
    });
  });

  it('keeps a time that is no number', () => {
    expect(fromWire({ created_at: 'yesterday' })).toEqual({ createdAt: 'yesterday' });
  });
});

describe('what is sent', () => {
  it('has snake case, seconds, and no members that are undefined', () => {
    expect(toWire({ startedAt: new Date(1_999), trackingUtm: { utmSource: 'x' }, preheader: undefined, unsubLink: null })).toEqual({
      started_at: 1,
      tracking_utm: { utm_source: 'x' },
      unsub_link: null,
    });
  });

  it('keeps the keys of field values and the one name in camel case', () => {
    expect(toWire({ fields: { myField: 1 }, actionId: 'all', metaId: 2 })).toEqual({ fields: { myField: 1 }, actionId: 'all', meta_id: 2 });
  });

  it('converts fields that are a list', () => {
    expect(toWire({ fields: [{ isRequired: true }] })).toEqual({ fields: [{ is_required: true }] });
  });

  it('refuses a date that is none', () => {
    expect(() => toWire({ startedAt: new Date(Number.NaN) })).toThrow(expect.objectContaining({ code: 'invalid_argument' }) as Error);
  });

  it('comes back as it was', () => {
    const name = fc
      .stringMatching(/^[a-z]{1,5}([A-Z][a-z]{1,5}){0,2}$/)
      .filter((text) => !['fields', 'mobile', 'browser'].includes(text) && !text.endsWith('At'));
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(name, tie('value'), { noNullPrototype: true }),
      ),
    })).value;
    fc.assert(fc.property(value, (input) => void expect(fromWire(toWire(input))).toEqual(input)));
  });
});
