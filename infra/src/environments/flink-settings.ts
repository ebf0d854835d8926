import { z } from 'zod';
import { codeVersion, jobSettings, logRetentionDays } from './values';

/** As many as the service keeps of an application. */
const MOST_SNAPSHOTS = 1_000;
const HOURS_PER_DAY = 24;

/** When snapshots are taken, and how long they stay. */
export const snapshotSettings = z
  .strictObject({
    everyHours: z
      .int()
      .min(1)
      .max(168)
      .describe('Hours from one snapshot to the next: how exactly a time to go back to can be chosen.'),
    keepDays: z
      .int()
      .min(1)
      .max(365)
      .describe('Days until one is deleted; older than streams.retentionHours it is of no use for a replay.'),
  })
  .refine(({ everyHours, keepDays }) => (keepDays * HOURS_PER_DAY) / everyHours <= MOST_SNAPSHOTS / 2, {
    path: ['keepDays'],
    error: `must leave room: an application keeps ${MOST_SNAPSHOTS} snapshots, those of updates and stops among them`,
  })
  .describe('Snapshots taken by a schedule, for replays from a time; absent: none but those of updates and stops.');

export type SnapshotSettings = z.infer<typeof snapshotSettings>;

/** How the Flink application runs. What it computes is said in flink/kinesis-config.json. */
export const flinkSettings = z
  .strictObject({
    parallelism: z.int().min(1).max(256).describe('Parallel subtasks of each operator, as the application starts.'),
    parallelismPerKpu: z
      .int()
      .min(1)
      .max(8)
      .describe(
        'Subtasks that share a KPU (1 vCPU, 4 GB). KPUs = parallelism / parallelismPerKpu, and one more is charged for the orchestration.',
      ),
    autoScaling: z
      .boolean()
      .describe(
        'Whether the service changes the parallelism with the load of the CPU: each change is a restart from a snapshot.',
      ),
    maxKpus: z
      .int()
      .min(1)
      .max(256)
      .describe(
        'KPUs above which an alarm rings. The service has no maximum of its own for auto-scaling but the quota of the account, 64 at first.',
      ),
    snapshots: snapshotSettings.optional(),
    codeVersion: codeVersion
      .optional()
      .describe(
        'Version in S3 of the zip that the application runs, to hold it at an earlier release whatever is built; versions are kept for 90 days. Absent: the zip that is built.',
      ),
    checkpointIntervalSeconds: z
      .int()
      .min(1)
      .max(3600)
      .describe('How often state is made durable: what is computed, and written, once more after a failure.'),
    minPauseSeconds: z.int().min(0).max(3600).describe('Least time from the end of a checkpoint to the next.'),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).describe("Of the application's logs."),
    metricsLevel: z
      .enum(['APPLICATION', 'TASK', 'OPERATOR', 'PARALLELISM'])
      .describe(
        'Grain of the metrics in CloudWatch; each finer one costs more. OPERATOR has the counts of late, rejected and duplicate events.',
      ),
    logRetentionDays,
    settings: jobSettings.describe(
      "Settings of flink/kinesis-config.json that are others here: {group: {setting: value}}. Regions of streams follow the environment's.",
    ),
  })
  .describe('The application on Managed Service for Apache Flink.');
