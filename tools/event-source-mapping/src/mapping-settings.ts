import { z } from 'zod';
import { CommandError } from '@ad-analytics/command-line/errors';

const FOREVER = -1;
const WRONG_SETTING = 2;

/** The limits of CreateEventSourceMapping for Kinesis (Lambda API Reference and Developer Guide, "Lambda parameters for … Kinesis"). */
const schema = z.object({
  /** Maximum number of records per invocation. */
  batchSize: z.int().min(1).max(10_000),
  /** Batching window in seconds. */
  maximumBatchingWindowInSeconds: z.number().min(0).max(300),
  /** Number of retries before a batch is discarded; -1: no limit. */
  maximumRetryAttempts: z.int().min(FOREVER).max(10_000),
  /** Records older than this are discarded without an invocation, seconds; -1: no limit. */
  maximumRecordAgeInSeconds: z.union([z.literal(FOREVER), z.int().min(60).max(604_800)], {
    error: 'must be -1, or from 60 to 604800',
  }),
  /** Whether a failed batch is split, so that an invalid record does not affect the others. */
  bisectBatchOnFunctionError: z.boolean(),
  /** Whether `batchItemFailures` is evaluated. Without it, a response with failures counts as a success. */
  reportBatchItemFailures: z.boolean(),
  /** Start position in a shard. */
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
});

/** Settings of an event source mapping, with the names of AWS. The parallelization factor is 1. */
export type MappingSettings = Readonly<z.infer<typeof schema>>;

/**
 * Like in a deployment, but records are not discarded after a failure of the local AWS. The local DynamoDB needs about a second per batch.
 * */
export const ENDLESS_RETRIES: MappingSettings = {
  batchSize: 500,
  maximumBatchingWindowInSeconds: 1,
  maximumRetryAttempts: FOREVER,
  maximumRecordAgeInSeconds: FOREVER,
  bisectBatchOnFunctionError: true,
  reportBatchItemFailures: true,
  startingPosition: 'TRIM_HORIZON',
};

/**
 * @param settings of the user
 * @returns the validated settings
 * @throws CommandError (exit code 2) with the name of the setting
 */
export function checkedSettings(settings: MappingSettings): MappingSettings {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CommandError(`${issue?.path.join('.')}: ${issue?.message}`, WRONG_SETTING);
}
