import { z } from 'zod';
import { readsSettings } from './side-by-side-settings';
import { logRetentionDays } from './values';

/** How the output sink reads results from the stream. The limits are those of Lambda's event source mappings. */
export const sinkSettings = z
  .strictObject({
    memoryMib: z.int().min(128).max(10240).describe('Memory of the function; more memory also gives more CPU.'),
    timeoutSeconds: z
      .int()
      .min(10)
      .max(900)
      .describe('Maximum time of an invocation. The function stops its work 3 s earlier.'),
    reservedConcurrency: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        "Reserved concurrent executions, taken from the account's limit; absent: none reserved. Use at least shards x parallelizationFactor; with less the function is throttled.",
      ),
    batchSize: z.int().min(1).max(10000).describe('Maximum records per invocation.'),
    batchingWindowSeconds: z.int().min(0).max(300).describe('How long to collect records for an invocation.'),
    parallelizationFactor: z.int().min(1).max(10).describe('Concurrent invocations per shard.'),
    retryAttempts: z
      .int()
      .min(0)
      .max(10000)
      .describe('How often a failed batch is retried before it goes to the on-failure queue.'),
    maxRecordAgeSeconds: z
      .int()
      .min(60)
      .max(604800)
      .describe('Age from which records go to the on-failure queue instead of being retried.'),
    reads: readsSettings.optional(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).describe("Level of the function's logs."),
    tracing: z.boolean().describe('Whether AWS X-Ray traces the function and its calls.'),
    logRetentionDays,
  })
  .describe('The Lambda that writes results to the serving table.');
