import { recordLines } from '@ad-analytics/recorded-traffic';
import type { Label } from '@ad-analytics/traffic-model';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';

/**
 * @param stream of events
 * @param labels file of the generator's labels
 * @param span of arrival, milliseconds since the epoch
 * @returns milliseconds from the time of an event to its arrival in the stream, of events that the generator did not delay, repeat or
 *   change on purpose
 */
export async function inputDelays(
  client: KinesisClient,
  stream: string,
  labels: string,
  span: { readonly from: number; readonly to: number },
): Promise<number[]> {
  const times = new Map<string, number>();
  for await (const line of recordLines(labels)) {
    const label = JSON.parse(line.toString('utf8')) as Label;
    // An id with an anomaly, also of an earlier record with this id, does not count.
    times.set(
      label.event_id,
      label.anomaly === 'none' && !times.has(label.event_id) ? Date.parse(label.event_time) : NaN,
    );
  }
  const delays: number[] = [];
  for (const shard of await listShardIds(client, stream)) {
    for await (const batch of readShard(client, stream, shard)) {
      for (const { data, arrivalTime } of batch) {
        if (arrivalTime < span.from || arrivalTime >= span.to) continue;
        const time = times.get(eventId(data) ?? '');
        if (time !== undefined && !Number.isNaN(time)) delays.push(arrivalTime - time);
      }
    }
  }
  return delays;
}

/** @returns the event's own id; undefined if the record is not JSON */
function eventId(data: Uint8Array): string | undefined {
  try {
    const { click_id, impression_id } = JSON.parse(Buffer.from(data).toString()) as Record<string, string | undefined>;
    return click_id ?? impression_id;
  } catch {
    return undefined;
  }
}
