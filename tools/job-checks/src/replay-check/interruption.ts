import type { ClassifiedEvent } from './classified-events';

/** The state that an interrupted job must keep. Each field is the number of events whose result depends on this state. */
export interface Witnesses {
  /** Late events after the interruption that are late only because of the shard's clock from before the interruption. */
  readonly lateByClock: number;
  /** Clicks before it that the watermark has not passed: they are not attributed yet. */
  readonly pendingClicks: number;
  /** Clicks after it on impressions before it. */
  readonly clicksOnEarlier: number;
  /** Duplicates after it of events before it. */
  readonly duplicatesOfEarlier: number;
}

/** The interruption is in this part of the recording, so that both sides have enough records. */
const [EARLIEST, LATEST] = [0.35, 0.65];

/**
 * @param events in order of arrival
 * @param at index in the recording of the first record after the interruption
 * @param outOfOrdernessMs as the job is set
 */
export function witnessesAt(events: readonly ClassifiedEvent[], at: number, outOfOrdernessMs: number): Witnesses {
  const before = events.filter(({ index }) => index < at);
  const after = events.filter(({ index }) => index >= at);
  const clockOf = (some: readonly ClassifiedEvent[]) => {
    const clock = new Map<string, number>();
    for (const { shard, time } of some) clock.set(shard, Math.max(clock.get(shard) ?? -Infinity, time));
    return clock;
  };
  const watermark = Math.min(...clockOf(before).values()) - outOfOrdernessMs - 1;
  const idsBefore = new Set(before.filter(({ late }) => !late).map(({ stream, id }) => `${stream} ${id}`));
  const fresh = new Map<string, number>();
  let lateByClock = 0;
  for (const { shard, time, late } of after) {
    const seen = fresh.get(shard) ?? -Infinity;
    if (late && seen - time <= outOfOrdernessMs) lateByClock += 1;
    fresh.set(shard, Math.max(seen, time));
  }
  const onTime = after.filter(({ late }) => !late);
  return {
    lateByClock,
    pendingClicks: before.filter(({ stream, time, late }) => stream === 'clicks' && !late && time > watermark).length,
    clicksOnEarlier: onTime.filter(
      ({ stream, impressionId }) => stream === 'clicks' && idsBefore.has(`impressions ${impressionId}`),
    ).length,
    duplicatesOfEarlier: onTime.filter(({ stream, id }) => idsBefore.has(`${stream} ${id}`)).length,
  };
}

/**
 * Finds a place in the middle of the recording, just before a late event, where as many results as possible depend on each kind of state
 * that the job must keep.
 * @param events in order of arrival
 * @param records in the recording
 * @param outOfOrdernessMs as the job is set
 * @throws Error when the middle has no late event
 */
export function findInterruption(
  events: readonly ClassifiedEvent[],
  records: number,
  outOfOrdernessMs: number,
): { readonly at: number; readonly witnesses: Witnesses } {
  const places = events
    .filter(({ index, late }) => late && index >= records * EARLIEST && index <= records * LATEST)
    .map(({ index }) => ({ at: index, witnesses: witnessesAt(events, index, outOfOrdernessMs) }));
  const least = ({ witnesses }: (typeof places)[number]) => Math.min(...Object.values(witnesses));
  const [best] = places.sort((a, b) => least(b) - least(a) || a.at - b.at);
  if (best === undefined) throw new Error('the middle of the recording lacks a late event');
  return best;
}
