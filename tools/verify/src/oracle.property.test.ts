import fc from 'fast-check';
import { SAMPLE_SETTINGS, click, impression, result, sampleInput, sampleResults } from './sample-events';
import { verifyLedger } from './verify-ledger';

/** Whole seconds, so that events are exactly at the edges of windows. Short, because ids are then reused after the window. */
const WINDOW = 4;
const BOUND = 3;
const SETTINGS = { ...SAMPLE_SETTINGS, attributionWindowMs: WINDOW * 1000, maxOutOfOrdernessMs: BOUND * 1000 };

interface SampleEvent {
  readonly id: string;
  readonly impression: string;
  /** Seconds after noon. */
  readonly t: number;
  readonly shard: string;
}
interface PlacedEvent extends SampleEvent {
  /** Position in its stream: the sequence number. */
  readonly place: number;
}

/**
 * A stream in which time advances by half a second per event, with out-of-order events and many repeated ids. The n-th event arrives n
 * seconds after noon, so the first events are ahead of their arrival.
 */
const events = (ids: string) =>
  fc
    .array(
      fc.record({
        id: fc.integer({ min: 1, max: 7 }).map((n) => `${ids}${n}`),
        impression: fc.integer({ min: 1, max: 7 }).map((n) => `i${n}`),
        jitter: fc.integer({ min: 0, max: 5 }),
        shard: fc.constantFrom('s0', 's1'),
      }),
      { minLength: 30, maxLength: 60 },
    )
    .map((list) => list.map(({ jitter, ...event }, place) => ({ ...event, t: Math.floor(place / 2) + jitter })));

/** Seconds after noon. */
const arrival = (place: number) => place;

/** An independent implementation of the definitions, one event after the other. */
function judge(stream: readonly SampleEvent[]) {
  const clocks = new Map<string, number>();
  const counted = new Map<string, number>();
  const late: (PlacedEvent & { behind: number })[] = [];
  const accepted: PlacedEvent[] = [];
  let duplicates = 0;
  for (const [place, event] of stream.entries()) {
    const before = clocks.get(event.shard) ?? -Infinity;
    clocks.set(event.shard, Math.max(before, Math.min(event.t, arrival(place))));
    const last = counted.get(event.id);
    if (event.t < before - BOUND) late.push({ ...event, place, behind: before - event.t });
    else if (last !== undefined && event.t <= last + WINDOW) duplicates += 1;
    else {
      counted.set(event.id, event.t);
      accepted.push({ ...event, place });
    }
  }
  return { late, accepted, duplicates };
}

const iso = (event: object) => (event as { event_time: string }).event_time;
const lateResult = (stream: string, source: string) => (event: PlacedEvent & { behind: number }) => {
  const time = iso(impression('', event.t));
  return result('late_event', `${stream}:${event.shard}:${event.place}`, time, {
    source,
    event_id: event.id,
    event_time: time,
    lateness_ms: event.behind * 1000,
  });
};

/** @returns the results of accepted clicks according to the definitions */
function clickResults(impressions: readonly PlacedEvent[], clicks: readonly PlacedEvent[]): object[] {
  const belongsTo = new Map<PlacedEvent, PlacedEvent[]>();
  const ordered = [...clicks].sort((a, b) => a.t - b.t || (a.id < b.id ? -1 : 1));
  return ordered.map((event) => {
    const time = iso(impression('', event.t));
    const common = { user_id: 'u1', campaign_id: 'c1', ad_id: 'a1', publisher_id: 'p1', click_time: time };
    const ids = { click_id: event.id, impression_id: event.impression };
    const own = impressions.find((i) => i.id === event.impression && i.t <= event.t && event.t <= i.t + WINDOW);
    if (own === undefined) return result('unattributed_click', event.id, time, { ...ids, ...common });
    const before = belongsTo.get(own) ?? [];
    belongsTo.set(own, [...before, event]);
    return result('attributed_click', event.id, time, {
      ...ids,
      ...common,
      device_type: null,
      country: null,
      cost_micros: null,
      impression_time: iso(impression('', own.t)),
      time_to_click_ms: (event.t - own.t) * 1000,
      invalid_reasons: [
        ...(before.length > 0 ? ['duplicate_click'] : []),
        ...(event.t - own.t < 0.5 ? ['too_fast_click'] : []),
      ],
    });
  });
}

describe('the SQL of the check', () => {
  it('classifies and attributes like a loop over the events', async () => {
    await fc.assert(
      fc.asyncProperty(
        events('i').map((list) => list.map((event) => ({ ...event, impression: event.id }))),
        events('k'),
        async (impressions, clicks) => {
          const [ofImpressions, ofClicks] = [judge(impressions), judge(clicks)];
          const results = [
            ...ofImpressions.late.map(lateResult('imps', 'impression')),
            ...ofClicks.late.map(lateResult('clicks', 'click')),
            ...clickResults(ofImpressions.accepted, ofClicks.accepted),
          ];
          const ledger = await verifyLedger(
            {
              impressions: sampleInput(
                impressions.map((e, n) => ({ event: impression(e.id, e.t), shard: e.shard, arrived: arrival(n) })),
              ),
              clicks: sampleInput(
                clicks.map((e, n) => ({ event: click(e.id, e.impression, e.t), shard: e.shard, arrived: arrival(n) })),
              ),
            },
            sampleResults(results),
            { ...SETTINGS, maxFutureMs: 1e9 },
            { types: ['late_event', 'attributed_click', 'unattributed_click'] },
          );
          expect(ledger.types.flatMap(({ examples }) => Object.values(examples).flat())).toEqual([]);
          expect(ledger.agrees).toBe(true);
          expect(ledger.impressions).toMatchObject({
            late: ofImpressions.late.length,
            lateAfterQuiet: 0,
            duplicates: ofImpressions.duplicates,
            accepted: ofImpressions.accepted.length,
          });
          expect(ledger.clicks.duplicates).toBe(ofClicks.duplicates);
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
