import { clickSchema, impressionSchema } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import { MALFORMED_KINDS } from './label';
import { malformedRecord } from './malformed';
import type { Occurrence } from './occurrence';
import { RandomStream } from './random-stream';
import { resolveSettings } from './settings';
import { startOrdinaryTraffic } from './ordinary-traffic';
import { World } from './world';

const START = Date.parse('2026-11-23T10:00:00.000Z');

function someOccurrences(): Occurrence[] {
  const settings = { seed: 4, startTime: START, durationSeconds: 60, rate: 10, clickThroughRate: 0.3 };
  const world = new World(resolveSettings(settings));
  startOrdinaryTraffic(world);
  return [...world.occurrences()];
}

function parsed(data: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof data === 'string' ? data : new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
}

describe('malformedRecord', () => {
  const occurrences = someOccurrences();

  it('violates the contract in all ways', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...occurrences), (seed, occurrence) => {
        const { kind, data } = malformedRecord(occurrence, RandomStream.of(seed, 'malformed'));
        seen.add(kind);
        const schema = occurrence.kind === 'click' ? clickSchema : impressionSchema;
        const value = parsed(data);
        const result = schema.safeParse(value);
        if (kind === 'future_time') {
          expect(result.success).toBe(true);
          const ahead = Date.parse((value as { event_time: string }).event_time) - START;
          expect(ahead).toBeGreaterThan(15 * 365 * 86_400_000);
          return;
        }
        expect(result.success).toBe(false);
        expect(value === undefined).toBe(kind === 'not_json');
        if (kind === 'unparsable_time') expect(result.error?.issues[0]?.path).toEqual(['event_time']);
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual([...MALFORMED_KINDS].sort());
  });
});
