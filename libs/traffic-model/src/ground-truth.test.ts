import { type Click, clickSchema, type Impression, impressionSchema } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import type { Emission } from './delivery';
import { GroundTruth } from './ground-truth';
import { ATTACKS, HARD_NEGATIVES } from './label';
import { generateTraffic } from './traffic-model';

/** Short, so that many clicks are after it. */
const WINDOW_SECONDS = 60;
const START = Date.parse('2026-11-23T10:00:00.000Z');
const scenarios = Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1]));

/** The outcome according to the contract, from the bytes alone: rejected, late (in a stream of one shard), duplicate, accepted. */
function judged(emissions: readonly Emission[]) {
  const counts = { rejected: 0, late: 0, duplicates: 0, accepted: 0 };
  const greatest = { impressions: -Infinity, clicks: -Infinity };
  const ids = new Set<string>();
  const impressions = new Map<string, number>();
  const clicks: Click[] = [];
  for (const { stream, data, arrivalMs } of emissions) {
    let event: Impression | Click;
    try {
      event = (stream === 'clicks' ? clickSchema : impressionSchema).parse(
        JSON.parse(Buffer.from(data as string).toString()),
      );
    } catch {
      counts.rejected += 1;
      continue;
    }
    const time = Date.parse(event.event_time);
    const id = stream + ('click_id' in event ? event.click_id : event.impression_id);
    if (time > START + arrivalMs + 60_000) counts.rejected += 1;
    else if (time < greatest[stream] - 5_000) counts.late += 1;
    else if (ids.has(id)) counts.duplicates += 1;
    else {
      counts.accepted += 1;
      ids.add(id);
      if ('click_id' in event) clicks.push(event);
      else impressions.set(event.impression_id, time);
      greatest[stream] = Math.max(greatest[stream], time);
    }
  }
  const attributed = clicks.filter((click) => {
    const delay = Date.parse(click.event_time) - (impressions.get(click.impression_id) ?? Infinity);
    return delay >= 0 && delay <= WINDOW_SECONDS * 1_000;
  });
  return { ...counts, attributed: attributed.length, unattributed: clicks.length - attributed.length };
}

describe('GroundTruth', () => {
  it('agrees with the contract, applied to the bytes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(20, 100), (seed, medianSeconds) => {
        const settings = {
          seed,
          startTime: START,
          rate: 10,
          durationSeconds: 700,
          clickThroughRate: 0.2,
          clickDelay: { medianSeconds, sigma: 1 },
          shares: { late: 0.02, outOfOrder: 0.1, duplicate: 0.05, malformed: 0.03, orphanClick: 0.1 },
          scenarios,
        };
        const emissions = [...generateTraffic(settings)];
        const truth = new GroundTruth({ attributionWindowSeconds: WINDOW_SECONDS });
        for (const emission of emissions) truth.add(emission);
        const { impressions, clicks, attributed, unattributed, byAnomaly } = truth.totals();
        const sum = (key: 'rejected' | 'late' | 'duplicates' | 'accepted') => impressions[key] + clicks[key];
        expect({
          rejected: sum('rejected'),
          late: sum('late'),
          duplicates: sum('duplicates'),
          accepted: sum('accepted'),
          attributed,
          unattributed,
        }).toEqual(judged(emissions));
        expect(attributed).toBeGreaterThan(0);
        expect(impressions.records + clicks.records).toBe(emissions.length);
        expect(Object.values(byAnomaly).reduce((all, count) => all + count, 0)).toBe(emissions.length);
      }),
      { numRuns: 3 },
    );
  });
});
