import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/**
 * What to do about a request that failed as a whole:
 * - `throttled`: slow down, then again;
 * - `transient`: again after a wait;
 * - `invalid`: the service refuses the content: halve the batch to find the record it refuses;
 * - `permanent`: a retry cannot help.
 */
export type ErrorClass = 'throttled' | 'transient' | 'invalid' | 'permanent';

const INVALID_CONTENT = new Set(['ValidationException', 'InvalidArgumentException', 'SerializationException']);
/** Codes that are missing in the SDK's lists. A stream that is being created or resized returns ResourceInUse. */
const THROTTLED = new Set(['KMSThrottlingException']);
const TRANSIENT = new Set(['ResourceInUseException', 'InternalFailure', 'InternalFailureException']);
/** No credentials: raised before anything is sent, so without a status. */
const PERMANENT = new Set(['CredentialsProviderError', 'ExpiredTokenException', 'UnrecognizedClientException']);

interface RequestError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Checks the shape, not the class: the error may come from another realm, such as a worker or a test environment. */
function asError(error: unknown): RequestError {
  const isError = typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
  return isError ? (error as RequestError) : new Error(String(error));
}

/**
 * @param error what the SDK threw
 * @returns its message
 */
export function errorMessage(error: unknown): string {
  return asError(error).message;
}

/**
 * @param error what the SDK threw
 * @returns the name to report: the service's error code, or the network's (ECONNREFUSED)
 */
export function errorCode(error: unknown): string {
  const { name, code } = asError(error);
  // Node wraps the refusals of several addresses of one host into an AggregateError, with the code of the first.
  return (name === 'Error' || name === 'AggregateError') && typeof code === 'string' ? code : name;
}

/**
 * @param error what the SDK threw for a PutRecords request
 * @returns what to do about it
 */
export function classifyError(error: unknown): ErrorClass {
  const failure = asError(error);
  const { name } = failure;
  if (PERMANENT.has(name)) return 'permanent';
  if (THROTTLED.has(name) || isThrottlingError(failure as never)) return 'throttled';
  if (INVALID_CONTENT.has(name)) return 'invalid';
  if (TRANSIENT.has(name) || isTransientError(failure as never) || isServerError(failure as never)) return 'transient';
  // The service understood and refused a 4xx. Anything else is a broken exchange, including an unreadable response with
  // status 200.
  return isRefusal(failure) ? 'permanent' : 'transient';
}

function isRefusal(failure: RequestError): boolean {
  const status = failure.$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
}

/**
 * @param error what the SDK threw for a PutRecords request
 * @returns whether the service certainly accepted nothing: it refused the request, or no connection was made
 */
export function certainlyNotWritten(error: unknown): boolean {
  if (isRefusal(asError(error))) return true;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'].includes(errorCode(error));
}
