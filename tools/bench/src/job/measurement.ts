import type { BySource } from '@ad-analytics/result-records/result-tally';
import { grouped, duration } from '@ad-analytics/command-line/progress';

/** What was measured while the job worked off a backlog. */
export interface Measurement {
  /** Records of both streams. */
  readonly events: number;
  /** Records of each stream, by shard; how uneven the fill is. */
  readonly eventsByShard: Readonly<Record<keyof BySource, readonly number[]>>;
  /** Result records that came of them. */
  readonly results: number;
  /** From the running job to the last record through the last operator, and from there to every window closed; milliseconds. */
  readonly readMs: number;
  readonly drainMs: number;
  /** CPU time of the TaskManager in both together, in seconds. */
  readonly cpuSeconds: number;
  /** Most memory that the TaskManager held at once, in bytes; undefined where the system does not tell. */
  readonly peakMemory: number | undefined;
}

const MIB = 1024 * 1024;

/** @returns the figures as lines to show */
export function renderMeasurement(measured: Measurement): string[] {
  const { events, eventsByShard, results, readMs, drainMs, cpuSeconds, peakMemory } = measured;
  const perEvent = (cpuSeconds / events) * 1e6;
  const fill = (source: keyof BySource) => eventsByShard[source].map(grouped).join(', ');
  return [
    `Events               ${grouped(events)}, which led to ${grouped(results)} results`,
    `Impressions by shard ${fill('impression')}`,
    `Clicks by shard      ${fill('click')}`,
    `Reading them all     ${duration(readMs)}, ${grouped((events / readMs) * 1000)} events/s`,
    `Closing all windows  ${duration(drainMs)}`,
    `CPU time             ${cpuSeconds.toFixed(1)} s, ${grouped(perEvent)} µs an event`,
    `Peak memory          ${peakMemory === undefined ? 'not told by this system' : `${grouped(peakMemory / MIB)} MiB`}`,
  ];
}
