import type { Click, Impression } from '@ad-analytics/event-schemas';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { findInterruption } from './interruption';
import { classifyEvents } from './classified-events';
import { ENDINGS, MARKER, START, TRAFFIC, ending, recordTraffic } from './recording';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';

const BOUND = 5_000;

describe('the recorded traffic', () => {
  const recording = [...recordTraffic(TRAFFIC)];
  const events = classifyEvents(recording, BOUND);

  it('is the same every time', () => {
    expect([...recordTraffic(TRAFFIC)]).toEqual(recording);
  });

  it('keeps impressions and their clicks together', () => {
    const impressions = new Set(events.filter(({ stream }) => stream === 'impressions').map(({ id }) => id));
    const clicks = events.filter(({ stream }) => stream === 'clicks');
    const found = clicks.filter(({ impressionId }) => impressions.has(impressionId));
    expect(found.length).toBeGreaterThan(clicks.length / 2);
    expect(found.length).toBeLessThan(clicks.length);
  });

  it('has the impression_id of each valid event as its partition key', () => {
    for (const { index, impressionId } of events) expect(recording[index]?.partitionKey).toBe(impressionId);
  });

  it('has ids with each ending in every id field', () => {
    for (const field of ['user_id', 'campaign_id', 'publisher_id', 'impression_id', 'click_id']) {
      const ids = recording.flatMap(({ data }) => {
        try {
          return [String((JSON.parse(data as string) as Record<string, unknown>)[field])];
        } catch {
          return [];
        }
      });
      const found = ENDINGS.slice(1).filter((ending) => ids.some((id) => id.includes(ending)));
      // There are only a few campaigns and publishers.
      expect(found.length).toBeGreaterThanOrEqual(field === 'campaign_id' || field === 'publisher_id' ? 2 : 5);
    }
  });

  it('reaches every shard of both streams, and has late events in both', () => {
    expect(new Set(events.map(({ shard }) => shard)).size).toBe(2 * SHARD_FILL.length);
    for (const stream of ['impressions', 'clicks'])
      expect(events.some((event) => event.stream === stream && event.late)).toBe(true);
  });

  it('has a place where an interruption tests all that a job must remember', () => {
    const { witnesses } = findInterruption(events, recording.length, BOUND);
    for (const count of Object.values(witnesses)) expect(count).toBeGreaterThan(0);
  });
});

describe('the ending', () => {
  const after = START + 80_000;
  const records = ending(after, { windowSeconds: 10, maxOutOfOrdernessSeconds: 5 }, 63_000);
  const parsed = records.map(({ data }) => JSON.parse(data as string) as Impression | Click);

  it('begins with the marker and ends every shard of both streams', () => {
    expect(parsed[0]?.campaign_id).toBe(MARKER);
    const ends = records
      .slice(1)
      .map(({ stream, partitionKey }) => `${stream} ${shardOfKey(partitionKey, SHARD_FILL.length)}`);
    expect(new Set(ends).size).toBe(2 * SHARD_FILL.length);
    expect(ends).toHaveLength(2 * SHARD_FILL.length);
  });

  it("moves each shard's watermark past the marker's window, and not before its last record", () => {
    const times = parsed.map(({ event_time: time }) => Date.parse(time));
    const windowEnd = after + 10_000;
    expect(times[0]).toBe(after);
    // A watermark of t - 5 s - 1 ms closes a window that ends 1 ms later.
    for (const time of times.slice(1)) expect(time - 5_000 - 1).toBeGreaterThanOrEqual(windowEnd - 1);
  });
});
