import { z } from 'zod';
import { codeVersion, jobSettings, logRetentionDays } from './values';

/** Maximum number of snapshots of an application. */
const MAX_SNAPSHOTS = 1_000;
const HOURS_PER_DAY = 24;

/** Interval and retention of scheduled snapshots. */
const snapshotSettings = z
  .strictObject({
    everyHours: z
      .int()
      .min(1)
      .max(168)
      .describe('Hours between snapshots: the precision with which you can choose the start of a replay.'),
    keepDays: z
      .int()
      .min(1)
      .max(365)
      .describe('Days until a snapshot is deleted; one older than streams.retentionHours cannot start a replay.'),
  })
  .refine(({ everyHours, keepDays }) => (keepDays * HOURS_PER_DAY) / everyHours <= MAX_SNAPSHOTS / 2, {
    path: ['keepDays'],
    error: `must be at most ${MAX_SNAPSHOTS / 2} * everyHours / ${HOURS_PER_DAY}: an application keeps ${MAX_SNAPSHOTS} snapshots, and half of them are for updates and stops`,
  })
  .describe('Scheduled snapshots, for replays from a time; absent: only the snapshots of updates and stops.');

export type SnapshotSettings = z.infer<typeof snapshotSettings>;

/** Settings of the Flink application. The settings of its computations are in flink/kinesis-config.json. */
export const flinkSettings = z
  .strictObject({
    parallelism: z.int().min(1).max(256).describe('Parallel subtasks of each operator when the application starts.'),
    parallelismPerKpu: z
      .int()
      .min(1)
      .max(8)
      .describe(
        'Subtasks per KPU (1 vCPU, 4 GB). KPUs = parallelism / parallelismPerKpu; AWS charges one additional KPU for orchestration.',
      ),
    autoScaling: z
      .boolean()
      .describe(
        'Whether the service adapts the parallelism to the CPU load; each change restarts the job from a snapshot.',
      ),
    maxKpus: z
      .int()
      .min(1)
      .max(256)
      .describe(
        'Number of KPUs above which an alarm fires. Only the quota of the account (initially 64) limits auto-scaling.',
      ),
    snapshots: snapshotSettings.optional(),
    codeVersion: codeVersion
      .optional()
      .describe(
        'S3 version of the zip that the application runs, to keep it at an earlier release; versions are kept for 90 days. Absent: the built zip.',
      ),
    checkpointIntervalSeconds: z
      .int()
      .min(1)
      .max(3600)
      .describe('Interval of checkpoints. After a failure, the job repeats the work since the last checkpoint.'),
    minPauseSeconds: z
      .int()
      .min(0)
      .max(3600)
      .describe('Minimum time from the end of a checkpoint to the start of the next.'),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).describe('Level of the application logs.'),
    metricsLevel: z
      .enum(['APPLICATION', 'TASK', 'OPERATOR', 'PARALLELISM'])
      .describe(
        'Level of the metrics in CloudWatch; finer levels cost more. OPERATOR includes the counts of late, rejected and duplicate events.',
      ),
    logRetentionDays,
    settings: jobSettings.describe(
      'Settings that differ from flink/kinesis-config.json: {group: {setting: value}}. The regions of the streams follow the environment.',
    ),
  })
  .describe('The application on Managed Service for Apache Flink.');
