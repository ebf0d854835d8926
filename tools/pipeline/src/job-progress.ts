import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { JobCounts } from '@ad-analytics/result-records/ledger';
import type { BySource } from '@ad-analytics/result-records/result-tally';

/** Names of the sources' operators and of the job's counters in Flink. */
const READ = { impression: 'Source__impressions.numRecordsOut', click: 'Source__clicks.numRecordsOut' } as const;
const COUNTERS = {
  duplicates: { impression: 'duplicateImpressions', click: 'duplicateClicks' },
  late: { impression: 'lateImpressions', click: 'lateClicks' },
  rejected: { impression: 'rejectedImpressions', click: 'rejectedClicks' },
} as const;
const COUNTER_NAMES: ReadonlySet<string> = new Set(Object.values(COUNTERS).flatMap((names) => Object.values(names)));

/** Progress of a job. */
export interface JobProgress {
  /** Records that each source has emitted: exactly one for each record of its stream, including rejected ones. */
  readonly read: BySource;
  /** Sum of the records of all operators; it does not change while the job has no work. */
  readonly moved: number;
  /** The job's own counters; undefined while one of them is missing. */
  readonly counts: JobCounts | undefined;
}

const lastPart = (id: string) => id.slice(id.lastIndexOf('.') + 1);

/** @returns whether a metric is needed for the progress */
export function countsProgress(id: string): boolean {
  const name = lastPart(id);
  return name === 'numRecordsIn' || name === 'numRecordsOut' || COUNTER_NAMES.has(name);
}

/**
 * @param metrics of all vertices, each summed over its subtasks
 * @returns the progress
 */
export function progressOf(metrics: readonly { readonly id: string; readonly sum: number }[]): JobProgress {
  const read = { impression: 0, click: 0 };
  const counted = new Map<string, number>();
  let moved = 0;
  for (const { id, sum } of metrics) {
    if (id === READ.impression) read.impression += sum;
    if (id === READ.click) read.click += sum;
    const name = lastPart(id);
    if (COUNTER_NAMES.has(name)) counted.set(name, (counted.get(name) ?? 0) + sum);
    else moved += sum;
  }
  const bySource = (names: Record<keyof BySource, string>): BySource => ({
    impression: counted.get(names.impression) ?? 0,
    click: counted.get(names.click) ?? 0,
  });
  const complete = counted.size === COUNTER_NAMES.size;
  return {
    read,
    moved,
    counts: complete
      ? {
          duplicates: bySource(COUNTERS.duplicates),
          late: bySource(COUNTERS.late),
          rejected: bySource(COUNTERS.rejected),
        }
      : undefined,
  };
}

/** Flink's web server limits a request line to 4,096 bytes, and operators of SQL have long names. */
const MAX_QUERY_LENGTH = 3_000;

/** @returns the names in groups, each of which fits into a request */
export function requestGroups(names: readonly string[], maxLength = MAX_QUERY_LENGTH): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const name of names) {
    const length = encodeURIComponent(name).length + 1;
    if (length > room) {
      groups.push([]);
      room = maxLength;
    }
    groups.at(-1)?.push(name);
    room -= length;
  }
  return groups;
}

/** @returns the progress of the job, from the metrics of its vertices */
export async function jobProgress(job: Pick<FlinkJob, 'rest' | 'id' | 'details'>): Promise<JobProgress> {
  const { vertices } = await job.details();
  const metrics = await Promise.all(
    vertices.map(async (vertex) => {
      const names = (await job.rest.metricNames(job.id, vertex.id)).filter(countsProgress);
      return Promise.all(requestGroups(names).map((group) => job.rest.metrics(job.id, vertex.id, group)));
    }),
  );
  return progressOf(metrics.flat(2));
}
