import { z } from 'zod';

const units = z.int().min(1).max(1_000_000);

/** What the serving table may cost at most in a moment. */
export const tableSettings = z
  .strictObject({
    maxWriteUnitsPerSecond: units.describe(
      'Most write request units a second: what comes faster is throttled, waits in the results stream, and rings an alarm. 40,000 is the quota of a new account.',
    ),
    maxReadUnitsPerSecond: units.describe('Most read request units a second; a reader beyond it is throttled.'),
  })
  .describe('Bounds of the serving table in DynamoDB, which is on demand.');
