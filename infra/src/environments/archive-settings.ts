import { z } from 'zod';
import { logRetentionDays } from './values';

const icebergSettings = z.strictObject({
  keepSnapshotsDays: z
    .int()
    .min(1)
    .max(365)
    .describe('How far back the table can be asked for as it was; older snapshots are deleted.'),
});

export type IcebergSettings = z.infer<typeof icebergSettings>;

/** How results are kept in S3 for good, and asked. */
export const archiveSettings = z
  .strictObject({
    firstDay: z
      .string()
      .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must be a day such as 2026-01-01')
      .describe(
        'Earliest day that queries see; before the oldest event that is ever replayed. Every day from it on is a folder that a query without dates asks for.',
      ),
    bufferSeconds: z
      .int()
      .min(60)
      .max(900)
      .describe(
        'How long Firehose gathers results before it writes files: how old the newest result in the archive is.',
      ),
    bufferMib: z
      .int()
      .min(64)
      .max(128)
      .describe('How much it gathers for one file at most; 64 is the least with Parquet.'),
    infrequentAccessAfterDays: z
      .int()
      .min(30)
      .optional()
      .describe('Days after which files move to the storage class Infrequent Access; absent: never.'),
    expireAfterDays: z.int().min(31).optional().describe('Days after which files are deleted; absent: never.'),
    queryLimitGib: z
      .int()
      .min(1)
      .describe('How much one query may read before Athena ends it: 1 TiB is what a price of 5 US dollars buys.'),
    iceberg: icebergSettings
      .optional()
      .describe(
        'A second table beside the Parquet files, in Iceberg, which has each result once; absent: none. Firehose has it in no region of China or GovCloud.',
      ),
    logRetentionDays,
  })
  .refine(({ infrequentAccessAfterDays: moved = 0, expireAfterDays: gone = Infinity }) => gone > moved, {
    path: ['expireAfterDays'],
    error: 'must be after infrequentAccessAfterDays',
  })
  .describe('The archive: Firehose, S3, Glue and Athena.');
