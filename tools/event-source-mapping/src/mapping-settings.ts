import { z } from 'zod';
import { CommandError } from '@ad-analytics/command-line/errors';

const FOREVER = -1;
const WRONG_SETTING = 2;

/** The limits of CreateEventSourceMapping for Kinesis (Lambda API Reference and Developer Guide, "Lambda parameters for … Kinesis"). */
const schema = z.object({
  /** Most records of one invocation. */
  batchSize: z.int().min(1).max(10_000),
  /** How long records are gathered for a batch, seconds. */
  maximumBatchingWindowInSeconds: z.number().min(0).max(300),
  /** Deliveries after the first one before a batch is discarded; -1: no limit. */
  maximumRetryAttempts: z.int().min(FOREVER).max(10_000),
  /** Records older than this are discarded without an invocation, seconds; -1: no limit. */
  maximumRecordAgeInSeconds: z.union([z.literal(FOREVER), z.int().min(60).max(604_800)], {
    error: 'must be -1, or from 60 to 604800',
  }),
  /** Whether a failed batch is split, so that a bad record does not take the others with it. */
  bisectBatchOnFunctionError: z.boolean(),
  /** Whether `batchItemFailures` is looked at. Without it an answer that names failures is a success. */
  reportBatchItemFailures: z.boolean(),
  /** Where a shard is read from. */
  startingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
});

/** Settings of an event source mapping, under the names that AWS gives them. The parallelization factor is 1. */
export type MappingSettings = Readonly<z.infer<typeof schema>>;

/** As a deployment has them, but a failure of the local AWS must not give records up. A batch takes the local DynamoDB a second or so. */
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
 * @param settings as the user wants them
 * @returns them, checked
 * @throws CommandError (exit code 2) that names the setting
 */
export function checkedSettings(settings: MappingSettings): MappingSettings {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CommandError(`${issue?.path.join('.')}: ${issue?.message}`, WRONG_SETTING);
}
