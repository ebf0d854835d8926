import { z } from 'zod';
import { readsSettings } from './side-by-side-settings';
import { logRetentionDays } from './values';

/** How the output sink takes results from the stream. Limits are those of Lambda's event source mappings. */
export const sinkSettings = z
  .strictObject({
    memoryMib: z.int().min(128).max(10240).describe('Memory of the function; its CPU grows with it.'),
    timeoutSeconds: z
      .int()
      .min(10)
      .max(900)
      .describe('Longest an invocation may take. The function gives up 3 s before.'),
    reservedConcurrency: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        "Executions at once, taken from the account's limit; absent: none reserved. At least shards x parallelizationFactor, or the function is throttled.",
      ),
    batchSize: z.int().min(1).max(10000).describe('Most records of one invocation.'),
    batchingWindowSeconds: z.int().min(0).max(300).describe('How long to gather records for one.'),
    parallelizationFactor: z.int().min(1).max(10).describe('Invocations at once for each shard.'),
    retryAttempts: z
      .int()
      .min(0)
      .max(10000)
      .describe('How often a batch that failed comes again before it goes to the on-failure queue.'),
    maxRecordAgeSeconds: z
      .int()
      .min(60)
      .max(604800)
      .describe('Age from which records go to the on-failure queue instead of being tried again.'),
    reads: readsSettings.optional(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).describe("Of the function's logs."),
    tracing: z.boolean().describe('Whether AWS X-Ray traces the function and its calls.'),
    logRetentionDays,
  })
  .describe('The Lambda that puts results into the serving table.');
