import { z } from 'zod';
import { logRetentionDays } from './values';

const icebergSettings = z.strictObject({
  keepSnapshotsDays: z
    .int()
    .min(1)
    .max(365)
    .describe('How far back queries can see earlier states of the table; older snapshots are deleted.'),
});

export type IcebergSettings = z.infer<typeof icebergSettings>;

/** The permanent storage of results in S3, and its queries. */
export const archiveSettings = z
  .strictObject({
    firstDay: z
      .string()
      .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must be a day such as 2026-01-01')
      .describe(
        'Earliest day that queries see; choose a day before the oldest event that will ever be replayed. A query without dates lists a folder for every day since then.',
      ),
    bufferSeconds: z
      .int()
      .min(60)
      .max(900)
      .describe('How long Firehose collects results before it writes files. It decides how fresh the archive is.'),
    bufferMib: z
      .int()
      .min(64)
      .max(128)
      .describe('Maximum size that Firehose collects for one file; the minimum for Parquet is 64.'),
    infrequentAccessAfterDays: z
      .int()
      .min(30)
      .optional()
      .describe('Days after which files move to the storage class Infrequent Access; absent: never.'),
    expireAfterDays: z.int().min(31).optional().describe('Days after which files are deleted; absent: never.'),
    queryLimitGib: z
      .int()
      .min(1)
      .describe('How much one query may read before Athena cancels it; 1 TiB costs 5 US dollars.'),
    iceberg: icebergSettings
      .optional()
      .describe(
        'A second table in Iceberg, next to the Parquet files, with each result once; absent: none. Firehose does not support it in regions of China and GovCloud.',
      ),
    logRetentionDays,
  })
  .refine(({ infrequentAccessAfterDays: moved = 0, expireAfterDays: gone = Infinity }) => gone > moved, {
    path: ['expireAfterDays'],
    error: 'must be after infrequentAccessAfterDays',
  })
  .describe('The archive: Firehose, S3, Glue and Athena.');
