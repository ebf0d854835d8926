import { RECORD_TYPES, type ResultRecord } from '@ad-analytics/event-schemas';
import { sample } from '@ad-analytics/result-records/sample-results';
import { LatencySample } from './latency-sample';

const TIME = Date.parse('2026-11-23T10:00:00.000Z');
const SETTINGS = { attributionWindowMs: 60_000, maxOutOfOrdernessMs: 5_000 };
const SPAN = { from: TIME, to: TIME + 1 };
const one = (value: number) => ({ count: 1, p50: value, p95: value, p99: value, max: value });

/** @returns latencies when only this record arrives, so many milliseconds after its event time */
function latencyOf(record: ResultRecord, afterMs: number, span = SPAN) {
  const latencies = new LatencySample(span, SETTINGS);
  latencies.add(record, Date.parse(record.event_time) + afterMs);
  return latencies.latencies(RECORD_TYPES);
}

describe('LatencySample', () => {
  it('counts a click from its time, and from the moment when the watermark can reach it', () => {
    expect(latencyOf(sample.attributedClick('c'), 5_700)).toEqual([
      { type: 'attributed_click', fromDue: one(5_700), pastWatermark: one(700) },
    ]);
  });

  it('counts a final window from the end of the attribution window after it', () => {
    const settled: ResultRecord = {
      record_type: 'attribution_metrics',
      record_id: 'a',
      schema_version: 1,
      event_time: '2026-11-23T10:00:00.000Z',
      attribution_metrics: {
        campaign_id: 'c',
        window_start: '2026-11-23T09:59:50.000Z',
        window_end: '2026-11-23T10:00:00.000Z',
        impressions: 1,
        attributed_clicks: 0,
        valid_clicks: 0,
        ctr: 0,
        valid_ctr: 0,
        cost_micros: 0,
      },
    };
    const span = { from: TIME + 60_000, to: TIME + 60_001 };
    expect(latencyOf(settled, 66_000, span)).toEqual([
      { type: 'attribution_metrics', fromDue: one(6_000), pastWatermark: one(1_000) },
    ]);
    expect(latencyOf(settled, 66_000)).toEqual([]);
  });

  it('counts a late event from the clock of its shard, and does not expect it to wait for the watermark', () => {
    const late: ResultRecord = {
      record_type: 'late_event',
      record_id: 'l',
      schema_version: 1,
      event_time: '2026-11-23T09:59:50.000Z',
      late_event: { source: 'click', event_id: 'e', event_time: '2026-11-23T09:59:50.000Z', lateness_ms: 10_000 },
    };
    expect(latencyOf(late, 10_300)).toEqual([{ type: 'late_event', fromDue: one(300), pastWatermark: undefined }]);
  });

  it('leaves out what is due in the warm-up or after the span, and counts the first arrival of a repeated record', () => {
    const latencies = new LatencySample({ from: TIME, to: TIME + 1_000 }, SETTINGS);
    const at = (id: string, ms: number) => ({
      ...sample.attributedClick(id),
      event_time: new Date(TIME + ms).toISOString(),
    });
    latencies.add(at('before', -1), TIME + 6_000);
    latencies.add(at('first', 0), TIME + 6_000);
    latencies.add(at('first', 0), TIME + 99_000);
    latencies.add(at('last', 999), TIME + 7_999);
    latencies.add(at('after', 1_000), TIME + 7_000);
    expect(latencies.latencies(RECORD_TYPES)[0]?.fromDue).toEqual({
      count: 2,
      p50: 6_000,
      p95: 7_000,
      p99: 7_000,
      max: 7_000,
    });
  });
});
