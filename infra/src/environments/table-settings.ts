import { z } from 'zod';

const units = z.int().min(1).max(1_000_000);

/** Limits of the serving table's throughput, which also limit its cost. */
export const tableSettings = z
  .strictObject({
    maxWriteUnitsPerSecond: units.describe(
      'Maximum write request units per second. Faster writes are throttled, wait in the results stream, and cause an alarm. A new account has a quota of 40,000.',
    ),
    maxReadUnitsPerSecond: units.describe('Maximum read request units per second; faster readers are throttled.'),
  })
  .describe('Limits of the serving table in DynamoDB, which is on demand.');
