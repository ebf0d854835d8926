import { z } from 'zod';
import { logRetentionDays } from './values';

const rpus = z.int().min(4).max(1024);

/** Streaming ingestion of results into Redshift. */
export const warehouseSettings = z
  .strictObject({
    baseRpus: rpus.describe('Capacity of a query, in Redshift processing units: 4, or a multiple of 8.'),
    maxRpus: rpus.describe('Maximum capacity to which Redshift may scale.'),
    dailyRpuHours: z
      .int()
      .min(1)
      .describe(
        'Daily limit of the used capacity; beyond it, queries are refused until the next day. Refreshing the views also counts, day and night.',
      ),
    subnetIds: z
      .array(z.string().regex(/^subnet-[0-9a-f]+$/, 'must be a subnet id'))
      .min(3)
      .describe('Subnets in three availability zones, with a way to Kinesis (an endpoint or NAT).'),
    logRetentionDays,
    securityGroupIds: z.array(z.string().regex(/^sg-[0-9a-f]+$/, 'must be a security group id')).min(1),
  })
  .refine(({ baseRpus, maxRpus }) => maxRpus >= baseRpus, { path: ['maxRpus'], error: 'must be at least baseRpus' })
  .describe(
    'Redshift Serverless with streaming ingestion of the results; absent: none. `infra:redshift` then creates the views.',
  );

export type WarehouseSettings = z.infer<typeof warehouseSettings>;
