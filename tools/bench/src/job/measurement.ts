import type { BySource } from '@ad-analytics/result-records/result-tally';
import { grouped, duration } from '@ad-analytics/command-line/progress';

/** The measurements while the job processed a backlog. */
export interface Measurement {
  /** Records of both streams. */
  readonly events: number;
  /** Records of each stream, by shard; how uneven the fill is. */
  readonly eventsByShard: Readonly<Record<keyof BySource, readonly number[]>>;
  /** Number of result records. */
  readonly results: number;
  /** From the running job to the last record through the last operator, and from there to every window closed; milliseconds. */
  readonly readMs: number;
  readonly drainMs: number;
  /** CPU time of the TaskManager in both together, in seconds. */
  readonly cpuSeconds: number;
  /** Peak memory of the TaskManager, in bytes; undefined if the system does not provide it. */
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
    `Peak memory          ${peakMemory === undefined ? 'not reported by this system' : `${grouped(peakMemory / MIB)} MiB`}`,
  ];
}
