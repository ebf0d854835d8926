import type { BatchWriteItemCommandOutput } from '@aws-sdk/client-dynamodb';

type ResponseMetadata = BatchWriteItemCommandOutput['$metadata'];

/**
 * @param metadata of an answer or an error of the SDK
 * @returns how often the SDK sent the request again by itself
 */
export function repeatsOf(metadata: ResponseMetadata | undefined): number {
  return Math.max(0, (metadata?.attempts ?? 1) - 1);
}

/** An error of a request, and how often the SDK sent it again. */
export interface RequestFailure {
  readonly error: Error;
  readonly repeats: number;
}

/**
 * @param thrown what a request ended with
 * @param signal that could have ended it
 * @returns it as an error that says why, also when it was given up for want of time
 */
export function requestFailure(thrown: unknown, signal: AbortSignal): RequestFailure {
  const repeats = repeatsOf((thrown as { $metadata?: ResponseMetadata } | undefined)?.$metadata);
  if (signal.aborted)
    return { error: new Error('The function has no time left to write it.', { cause: thrown }), repeats };
  return { error: thrown instanceof Error ? thrown : new Error(String(thrown)), repeats };
}
