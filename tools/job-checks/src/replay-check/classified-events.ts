import type { TrafficStream } from '@ad-analytics/traffic-model';
import { classifyRecord } from '@ad-analytics/verify/classify-record';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import type { RecordedEvent } from './recording';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** A valid event with its class, which depends on the order of its shard. */
export interface ClassifiedEvent {
  /** Place in the recording. */
  readonly index: number;
  readonly stream: TrafficStream;
  /** Stream and number of its shard. */
  readonly shard: string;
  readonly id: string;
  readonly impressionId: string;
  /** Event time, milliseconds since the epoch. */
  readonly time: number;
  readonly late: boolean;
}

/**
 * @param recording in order of arrival
 * @param outOfOrdernessMs how far behind its shard an event may be without being late
 * @returns the valid events; those that a job would reject are left out
 */
export function classifyEvents(recording: readonly RecordedEvent[], outOfOrdernessMs: number): ClassifiedEvent[] {
  const greatest = new Map<string, number>();
  const now = Date.now();
  return recording.flatMap(({ stream, partitionKey, data }, index) => {
    const { event, ...classification } = classifyRecord(
      stream === 'clicks' ? 'click' : 'impression',
      Buffer.from(data as string),
      now,
      0,
    );
    if (event === undefined || !('t' in classification)) return [];
    const time = classification.t;
    const shard = `${stream} ${shardOfKey(partitionKey, SHARD_FILL.length)}`;
    const seen = greatest.get(shard) ?? -Infinity;
    greatest.set(shard, Math.max(seen, time));
    const id = 'click_id' in event && stream === 'clicks' ? event.click_id : event.impression_id;
    return [
      { index, stream, shard, id, impressionId: event.impression_id, time, late: seen - time > outOfOrdernessMs },
    ];
  });
}
