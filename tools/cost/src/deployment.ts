import { z } from 'zod';

const count = z.int().nonnegative();

/** The settings of an environment that affect its bill. */
export const deploymentSchema = z.strictObject({
  environment: z.string().min(1),
  region: z.string().min(1),
  streams: z.strictObject({
    mode: z.enum(['ON_DEMAND', 'PROVISIONED']),
    retentionHours: count,
    /** Shards of each stream; only if provisioned. */
    shards: z.strictObject({ impressions: count, clicks: count, results: count }).optional(),
  }),
  /** The Flink application. */
  flink: z.strictObject({
    parallelism: z.int().positive(),
    parallelismPerKpu: z.int().positive(),
    autoScaling: z.boolean(),
  }),
  /** Whether a second version of the job also runs. */
  sideBySide: z.boolean(),
  /** The output sink; absent if the environment has none. */
  sink: z
    .strictObject({
      memoryMb: z.int().positive(),
      architecture: z.enum(['arm64', 'x86_64']),
      batchSize: z.int().positive(),
      batchWindowSeconds: count,
      tracing: z.boolean(),
      /** Reserved concurrency; absent: it shares that of the account. */
      reservedConcurrency: z.int().positive().optional(),
    })
    .optional(),
  /** The serving table; absent if the environment has none. */
  table: z
    .strictObject({
      pointInTimeRecovery: z.boolean(),
      /** Maximum write request units per second; absent: the quota of the account. */
      maxWriteUnits: z.int().positive().optional(),
    })
    .optional(),
  /** Delivery streams of the archive, by their source stream. */
  archive: z.array(
    z.strictObject({
      reads: z.enum(['impressions', 'clicks', 'results']),
      parquet: z.boolean(),
      dynamicPartitioning: z.boolean(),
      /** Whether it updates an Iceberg table instead of writing files. */
      iceberg: z.boolean(),
      bufferMb: z.int().positive(),
      bufferSeconds: z.int().positive(),
    }),
  ),
  /** Interval and number of scheduled snapshots; absent without a schedule. */
  snapshots: z.strictObject({ everyHours: z.int().positive(), kept: count }).optional(),
  /** Interface endpoints of a separate network, counted once in each zone. */
  endpoints: count,
  /** Redshift Serverless; absent if the environment has none. */
  redshift: z.strictObject({ baseRpu: z.int().positive() }).optional(),
  observed: z.strictObject({ alarmMetrics: count, dashboards: count, logRetentionDays: count }),
  keys: count,
});

export type Deployment = z.infer<typeof deploymentSchema>;
