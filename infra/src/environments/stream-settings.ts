import { z } from 'zod';

const retentionHours = z
  .int()
  .min(24)
  .max(8760)
  .describe('Hours that a record stays readable. It limits the lag of consumers and how far back a replay can begin.');

const shards = z.int().min(1).max(500);

/** Capacity and retention of the three event streams. */
export const streamSettings = z
  .discriminatedUnion('mode', [
    z.strictObject({
      mode: z
        .literal('ON_DEMAND')
        .describe('Kinesis adapts the number of shards to the traffic, up to twice the last peak.'),
      retentionHours,
    }),
    z.strictObject({
      mode: z.literal('PROVISIONED').describe('A fixed number of shards: cheaper for a steady load that is known.'),
      retentionHours,
      shards: z
        .strictObject({ impressions: shards, clicks: shards, results: shards })
        .describe('Shards of each stream; one takes 1 MB/s or 1,000 records/s in.'),
    }),
  ])
  .describe('The three Kinesis streams.');
