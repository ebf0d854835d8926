import { type ResultRecord, parseEventTime } from '@ad-analytics/event-schemas';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { ResultTally } from '@ad-analytics/result-records/result-tally';
import { CampaignTable } from './campaign-table';
import { RecentValues } from './recent-values';

/** Number of delays for the median. */
const RECENT_DELAYS = 200;

/** Figures of the results so far, for the live view and the summary. */
export class LiveResults {
  readonly tally = new ResultTally();
  readonly campaigns = new CampaignTable();
  /** Milliseconds from a click to its attributed_click on the result stream. */
  readonly clickDelay = new RecentValues(RECENT_DELAYS);
  /** Milliseconds from a window's end to its campaign_metrics on the result stream. */
  readonly windowDelay = new RecentValues(RECENT_DELAYS);
  /** Arrival time of the first attributed_click in the result stream, milliseconds since the epoch. */
  firstAttributedAt: number | undefined;
  /** Number of invalid results in the result stream. */
  invalid = 0;
  /** Problem of the first of them. */
  firstProblem: string | undefined;

  /**
   * @param data bytes of a record of the result stream
   * @param arrivalTime arrival in the stream, milliseconds since the epoch
   */
  add(data: Uint8Array, arrivalTime: number): void {
    const parsed = parseResult(data);
    if ('problem' in parsed) {
      this.invalid += 1;
      this.firstProblem ??= parsed.problem;
      return;
    }
    const isNew = this.tally.add(parsed.record);
    this.campaigns.add(parsed.record, isNew);
    if (isNew) this.measure(parsed.record, arrivalTime);
  }

  private measure(record: ResultRecord, arrivalTime: number): void {
    const delay = arrivalTime - parseEventTime(record.event_time);
    if (record.record_type === 'attributed_click') {
      this.clickDelay.add(delay);
      this.firstAttributedAt = Math.min(arrivalTime, this.firstAttributedAt ?? arrivalTime);
    }
    if (record.record_type === 'campaign_metrics') this.windowDelay.add(delay);
  }
}

/**
 * Reads the result stream while it grows.
 * @param followUntil after this signal, reads only the records that are already in the stream
 */
export async function followResults(
  client: KinesisClient,
  stream: string,
  results: LiveResults,
  followUntil: AbortSignal,
): Promise<void> {
  const shards = await listShardIds(client, stream);
  await Promise.all(
    shards.map(async (shard) => {
      for await (const batch of readShard(client, stream, shard, { followUntil })) {
        for (const { data, arrivalTime } of batch) results.add(data, arrivalTime);
      }
    }),
  );
}
