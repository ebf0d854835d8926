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
  it('are the same for the same seed, and different for another one', () => {
    expect(digest([...hostileRecords(PLAN)])).toBe(digest(records));
    expect(digest([...hostileRecords({ ...PLAN, seed: 2 })])).not.toBe(digest(records));
  });

  it('have the requested number and at most the maximum size, which some reach', () => {
    expect(records).toHaveLength(PLAN.records);
    const sizes = records.map(({ data }) => data.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 20);
    expect(Math.max(...sizes)).toBeGreaterThan((1 << 20) - 100);
  });

  it('contain many valid events and many invalid records', () => {
    const valid = records.filter(({ stream, data }) => {
      const read = readRecord(data);
      return 'value' in read && (stream === 'clicks' ? clickSchema : impressionSchema).safeParse(read.value).success;
    });
    expect(valid.length).toBeGreaterThan(PLAN.records * 0.4);
    expect(valid.length).toBeLessThan(PLAN.records * 0.8);
  });

  it.each(['clicks', 'impressions'])('have one shard for all records with the same id of %s', (of) => {
    const keys = new Map<unknown, Set<string>>();
    for (const { stream, data, key } of records) {
      const read = readRecord(data);
      if (stream !== of || !('value' in read)) continue;
      const id = (read.value as Record<string, unknown> | null)?.[of === 'clicks' ? 'click_id' : 'impression_id'];
      // An empty id does not count as an id.
      if (typeof id === 'string' && id !== '') keys.set(id, (keys.get(id) ?? new Set()).add(key));
    }
    expect([...keys.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});
