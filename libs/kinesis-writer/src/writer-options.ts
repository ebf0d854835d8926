import { DEFAULT_ADAPTIVE_RATE, type AdaptiveRateOptions } from './adaptive-rate';
import type { BackoffOptions } from './backoff';
import type { BacklogLimits } from './backlog';
import { type Clock, systemClock } from './clock';
import type { KinesisApi } from './kinesis-api';
import { SERVICE_LIMITS, type RequestLimits } from './limits';
import type { ShardMap } from './shard-map';
import type { DeliveryHandler, FailureHandler, UserRecord } from './types';

/** Packs many records into one, in the format of the Kinesis Producer Library. */
export interface AggregationOptions {
  /** Where a partition key goes: `await ShardMap.load(api, streamName)`. */
  readonly shards: ShardMap;
  /** Largest aggregated record in bytes, framing and partition key included. Default 51,200, as in that library. */
  readonly maxBytes?: number;
}

/** Settings of a writer; all but the first three have defaults. */
export interface KinesisWriterOptions<R extends UserRecord> extends Partial<RequestLimits>, Partial<BacklogLimits> {
  readonly api: KinesisApi;
  readonly streamName: string;
  /** Told of every record that is given up. Not optional: nothing may vanish unseen. */
  readonly onFailed: FailureHandler<R>;
  /** Told of every record that is delivered, for a caller that must know how far it has come after a crash. */
  readonly onDelivered?: DeliveryHandler<R>;
  /**
   * Keep the order of the records of each partition key, retries included: a key with a record under way or in
   * retry holds back its later ones. A key then passes at most one record a round trip. With aggregation, whole
   * aggregated records of a shard follow each other instead, so the order holds in the shard, as long as
   * it is not split or merged. Where an answer is lost, a record, or the records of an aggregated one, come again, still
   * in their order. Default false.
   */
  readonly orderedByKey?: boolean;
  readonly aggregation?: AggregationOptions;
  /** How long a record may wait for others to fill a request, milliseconds. Default 100. */
  readonly lingerMs?: number;
  /** Requests under way at the same time. More than one lets requests overtake each other. Default 1. */
  readonly maxInFlight?: number;
  /** How often an entry is sent at most. Default 10. */
  readonly maxAttempts?: number;
  /** Waits between attempts. Default base 100 ms, cap 5,000 ms: about 11 s in all on average. */
  readonly backoff?: BackoffOptions;
  readonly adaptiveRate?: AdaptiveRateOptions;
  /** Time source; for tests. */
  readonly clock?: Clock;
  /** Uniform in [0, 1), for the jitter; for tests. */
  readonly random?: () => number;
}

/** What the writer works with once the defaults are in. */
export type ResolvedOptions<R extends UserRecord> = Required<Omit<KinesisWriterOptions<R>, 'aggregation'>> & {
  readonly aggregation?: Required<AggregationOptions>;
};

/** Largest aggregated record by default, as in the Kinesis Producer Library. */
export const DEFAULT_AGGREGATED_BYTES = 51_200;

/** Longest wait that can be set: a timer for more than 2^31 ms would go off at once. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1_000;
const STREAM_NAME = /^[a-zA-Z0-9_.-]{1,128}$/;

function requireWithin(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new RangeError(`kinesis-writer: ${name} must be between ${min} and ${max}, not ${value}`);
}

function requireInteger(name: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): void {
  requireWithin(name, value, min, max);
  if (!Number.isInteger(value)) throw new RangeError(`kinesis-writer: ${name} must be a whole number, not ${value}`);
}

/**
 * @param options as given
 * @returns with the defaults
 * @throws RangeError naming the setting that is out of its range, the stream's name included
 */
export function resolveOptions<R extends UserRecord>(options: KinesisWriterOptions<R>): ResolvedOptions<R> {
  const { aggregation, ...settings } = options;
  const resolved: ResolvedOptions<R> = {
    ...SERVICE_LIMITS,
    maxRecordBytes: Math.min(SERVICE_LIMITS.maxRecordBytes, options.maxRequestBytes ?? Infinity),
    maxBufferedRecords: 20_000,
    maxBufferedBytes: 64 * 1024 * 1024,
    onDelivered: () => {},
    orderedByKey: false,
    lingerMs: 100,
    maxInFlight: 1,
    maxAttempts: 10,
    backoff: { baseMs: 100, capMs: 5_000 },
    adaptiveRate: DEFAULT_ADAPTIVE_RATE,
    clock: systemClock,
    random: Math.random,
    ...settings,
  };
  // The service answers a malformed name like a bad record, and the search for that record would take a request each.
  if (!STREAM_NAME.test(resolved.streamName)) {
    const given = JSON.stringify(resolved.streamName);
    throw new RangeError(`kinesis-writer: streamName must have 1 to 128 letters, digits, _, . or -, not ${given}`);
  }
  requireInteger('maxRequestRecords', resolved.maxRequestRecords, 1, SERVICE_LIMITS.maxRequestRecords);
  requireInteger('maxRequestBytes', resolved.maxRequestBytes, 1, SERVICE_LIMITS.maxRequestBytes);
  requireInteger('maxRecordBytes', resolved.maxRecordBytes, 1, resolved.maxRequestBytes);
  requireInteger('maxBufferedRecords', resolved.maxBufferedRecords, 1);
  requireInteger('maxBufferedBytes', resolved.maxBufferedBytes, 1);
  requireWithin('lingerMs', resolved.lingerMs, 0, MAX_WAIT_MS);
  requireInteger('maxInFlight', resolved.maxInFlight, 1);
  requireInteger('maxAttempts', resolved.maxAttempts, 1);
  requireWithin('backoff.baseMs', resolved.backoff.baseMs, 0, MAX_WAIT_MS);
  requireWithin('backoff.capMs', resolved.backoff.capMs, 0, MAX_WAIT_MS);
  // One entry at this rate must be due before the longest wait is over.
  requireWithin('adaptiveRate.minRate', resolved.adaptiveRate.minRate, 0.001, Number.MAX_SAFE_INTEGER);
  requireWithin('adaptiveRate.decreaseFactor', resolved.adaptiveRate.decreaseFactor, 0.01, 0.99);
  requireWithin('adaptiveRate.growth', resolved.adaptiveRate.growth, 0.001, Number.MAX_SAFE_INTEGER);
  requireWithin('adaptiveRate.decreaseIntervalMs', resolved.adaptiveRate.decreaseIntervalMs, 0, MAX_WAIT_MS);
  if (!aggregation) return resolved;
  const maxBytes = aggregation.maxBytes ?? Math.min(DEFAULT_AGGREGATED_BYTES, resolved.maxRecordBytes);
  requireInteger('aggregation.maxBytes', maxBytes, 1, resolved.maxRecordBytes);
  return { ...resolved, aggregation: { ...aggregation, maxBytes } };
}
