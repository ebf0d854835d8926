import type { DeliveryFailure } from '@ad-analytics/kinesis-writer';
import { EXIT_FAILED, EXIT_USAGE, GeneratorError } from '../errors';

/** The record is invalid, or the stream is too small: the next record may be accepted. */
const OF_THE_RECORD = new Set([
  'RecordTooLarge',
  // From a request that was halved until only this record was left.
  'ValidationException',
  'InvalidArgumentException',
  'SerializationException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Aborted',
]);

/** @returns whether all other records would fail as well */
export function concernsAllRecords(failure: DeliveryFailure): boolean {
  return !OF_THE_RECORD.has(failure.code);
}

/** @returns advice for an error with this name or code */
function advice(code: string): string {
  switch (code) {
    case 'ResourceNotFoundException':
      return 'The stream does not exist: deploy the pipeline or start the local stack first.';
    case 'CredentialsProviderError':
    case 'UnrecognizedClientException':
    case 'ExpiredTokenException':
      return 'Sign in to AWS (for example `aws sso login`), or set AWS_PROFILE.';
    case 'AccessDeniedException':
      return 'These credentials need kinesis:PutRecords and kinesis:ListShards on both streams.';
    default:
      return 'Check that the local stack is still running and that the network is available.';
  }
}

/**
 * @param what stream and location
 * @param code name or code of the error
 * @param started whether records may have been
 *   sent
 */
export function deliveryProblem(what: string, code: string, message: string, started: boolean): GeneratorError {
  const text = `Cannot write to ${what}: ${code}, ${message || 'no answer'}\n${advice(code)}`;
  return new GeneratorError(text, started ? EXIT_FAILED : EXIT_USAGE);
}
