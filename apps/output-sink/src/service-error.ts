import type { BatchWriteItemCommandOutput } from '@aws-sdk/client-dynamodb';

type ResponseMetadata = BatchWriteItemCommandOutput['$metadata'];

/**
 * @param metadata of a response or an error of the SDK
 * @returns number of retries by the SDK
 */
export function repeatsOf(metadata: ResponseMetadata | undefined): number {
  return Math.max(0, (metadata?.attempts ?? 1) - 1);
}

/** An error of a request, and the number of retries by the SDK. */
export interface RequestFailure {
  readonly error: Error;
  readonly repeats: number;
}

/**
 * @param error of a request
 * @returns whether the service refuses the content of the request, so that each retry would also fail
 */
export function refusesContent(error: Error): boolean {
  return error.name === 'ValidationException';
}

/**
 * @param thrown error of a request
 * @param signal that could have cancelled it
 * @returns an error with the reason, also
 *   if the time ran out
 */
export function requestFailure(thrown: unknown, signal: AbortSignal): RequestFailure {
  const repeats = repeatsOf((thrown as { $metadata?: ResponseMetadata } | undefined)?.$metadata);
  if (signal.aborted)
    return { error: new Error('The function has no time left to write the item.', { cause: thrown }), repeats };
  return { error: thrown instanceof Error ? thrown : new Error(String(thrown)), repeats };
}
