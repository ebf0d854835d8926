import type { DeliveryFailure } from '@ad-analytics/kinesis-writer';
import { EXIT_FAILED, EXIT_USAGE, GeneratorError } from '../errors';

/** The record is at fault, or the stream is only too small: the next record may well be taken. */
const OF_THE_RECORD = new Set([
  'RecordTooLarge',
  // Of a request that was halved until this record stood alone.
  'ValidationException',
  'InvalidArgumentException',
  'SerializationException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Aborted',
]);

/** @returns whether no other record would fare better */
export function concernsAllRecords(failure: DeliveryFailure): boolean {
  return !OF_THE_RECORD.has(failure.code);
}

/** @returns what the user should do about an error of this name or code */
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
      return 'Check that the local stack still runs and that the network is available.';
  }
}

/**
 * @param what stream and place
 * @param code name or code of the error
 * @param started whether anything may have been sent
 */
export function deliveryProblem(what: string, code: string, message: string, started: boolean): GeneratorError {
  const text = `Cannot write to ${what}: ${code}, ${message || 'no answer'}\n${advice(code)}`;
  return new GeneratorError(text, started ? EXIT_FAILED : EXIT_USAGE);
}
