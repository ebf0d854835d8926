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
  /** Map of partition keys to shards: `await ShardMap.load(api, streamName)`. */
  readonly shards: ShardMap;
  /**
   * Maximum size of an aggregated record including framing and partition key, in bytes. Default 51,200, as in that
   * library.
   */
  readonly maxBytes?: number;
}

/** Settings of a writer; all but the first three have defaults. */
export interface KinesisWriterOptions<R extends UserRecord> extends Partial<RequestLimits>, Partial<BacklogLimits> {
  readonly api: KinesisApi;
  readonly streamName: string;
  /** Called with every record that is given up. Not optional, because no record may be lost silently. */
  readonly onFailed: FailureHandler<R>;
  /** Called with every delivered record, for callers that must know their progress after a crash. */
  readonly onDelivered?: DeliveryHandler<R>;
  /**
   * Keep the order of the records of each partition key, including retries: while a record of a key is in flight or
   * being retried, its later records wait. A key then has at most one record per round trip. With aggregation, whole
   * aggregated records of a shard follow each other instead, so the order holds in the shard, as long as it is not
   * split or merged. If a response is lost, a record, or all records of an aggregated one, are sent again in the same
   * order. Default false.
   */
  readonly orderedByKey?: boolean;
  readonly aggregation?: AggregationOptions;
  /** How long a record may wait for others to fill a request, in milliseconds. Default 100. */
  readonly lingerMs?: number;
  /** Number of concurrent requests. With more than one, requests can overtake each other. Default 1. */
  readonly maxInFlight?: number;
  /** Maximum number of times an entry is sent. Default 10. */
  readonly maxAttempts?: number;
  /** Waits between attempts. Default base 100 ms, cap 5,000 ms: about 11 s in all on average. */
  readonly backoff?: BackoffOptions;
  readonly adaptiveRate?: AdaptiveRateOptions;
  /** Time source; for tests. */
  readonly clock?: Clock;
  /** Uniform in [0, 1), for the jitter; for tests. */
  readonly random?: () => number;
}

/** The options with all defaults. */
export type ResolvedOptions<R extends UserRecord> = Required<Omit<KinesisWriterOptions<R>, 'aggregation'>> & {
  readonly aggregation?: Required<AggregationOptions>;
};

/** Default maximum size of an aggregated record, as in the Kinesis Producer Library. */
export const DEFAULT_AGGREGATED_BYTES = 51_200;

/** Maximum wait: a timer for more than 2^31 ms would fire immediately. */
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
 * @param options of the caller
 * @returns the options with defaults
 * @throws RangeError that names the setting that is out
 *   of range, including an invalid stream name
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
  // The service answers an invalid name and an invalid record alike, and the search for such a record takes many
  // requests.
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
  // At this rate, one entry must be due before the maximum wait has passed.
  requireWithin('adaptiveRate.minRate', resolved.adaptiveRate.minRate, 0.001, Number.MAX_SAFE_INTEGER);
  requireWithin('adaptiveRate.decreaseFactor', resolved.adaptiveRate.decreaseFactor, 0.01, 0.99);
  requireWithin('adaptiveRate.growth', resolved.adaptiveRate.growth, 0.001, Number.MAX_SAFE_INTEGER);
  requireWithin('adaptiveRate.decreaseIntervalMs', resolved.adaptiveRate.decreaseIntervalMs, 0, MAX_WAIT_MS);
  if (!aggregation) return resolved;
  const maxBytes = aggregation.maxBytes ?? Math.min(DEFAULT_AGGREGATED_BYTES, resolved.maxRecordBytes);
  requireInteger('aggregation.maxBytes', maxBytes, 1, resolved.maxRecordBytes);
  return { ...resolved, aggregation: { ...aggregation, maxBytes } };
}
