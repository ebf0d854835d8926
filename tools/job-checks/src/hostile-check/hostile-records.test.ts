import { createHash } from 'node:crypto';
import { clickSchema, impressionSchema, readRecord } from '@ad-analytics/event-schemas';
import { hostileRecords } from './hostile-records';

const PLAN = { seed: 1, records: 4_000 };
const records = [...hostileRecords(PLAN)];
const digest = (some: typeof records) =>
  createHash('sha256')
    .update(
      some.map(({ stream, data, key, arrival }) => `${stream} ${key} ${arrival} ${data.toString('base64')}`).join('\n'),
    )
    .digest('hex');

describe('hostileRecords', () => {
  it('are the same for the same seed, and others for another one', () => {
    expect(digest([...hostileRecords(PLAN)])).toBe(digest(records));
    expect(digest([...hostileRecords({ ...PLAN, seed: 2 })])).not.toBe(digest(records));
  });

  it('are as many as asked for, none larger than a stream takes, some as large', () => {
    expect(records).toHaveLength(PLAN.records);
    const sizes = records.map(({ data }) => data.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 20);
    expect(Math.max(...sizes)).toBeGreaterThan((1 << 20) - 100);
  });

  it('are events or not, both often', () => {
    const valid = records.filter(({ stream, data }) => {
      const read = readRecord(data);
      return 'value' in read && (stream === 'clicks' ? clickSchema : impressionSchema).safeParse(read.value).success;
    });
    expect(valid.length).toBeGreaterThan(PLAN.records * 0.4);
    expect(valid.length).toBeLessThan(PLAN.records * 0.8);
  });

  it.each(['clicks', 'impressions'])('give an id of %s in common one shard', (of) => {
    const keys = new Map<unknown, Set<string>>();
    for (const { stream, data, key } of records) {
      const read = readRecord(data);
      if (stream !== of || !('value' in read)) continue;
      const id = (read.value as Record<string, unknown> | null)?.[of === 'clicks' ? 'click_id' : 'impression_id'];
      // An empty id is none.
      if (typeof id === 'string' && id !== '') keys.set(id, (keys.get(id) ?? new Set()).add(key));
    }
    expect([...keys.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});
