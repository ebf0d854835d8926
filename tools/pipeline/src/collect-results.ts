import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { ResultTally, type TallySummary } from '@ad-analytics/result-records/result-tally';

const NEWLINE = Buffer.from('\n');
const PROBLEMS_KEPT = 10;

/** Counts of the result stream. */
export interface CollectedResults {
  readonly tally: TallySummary;
  /** Number of invalid results; they are also written to the file. */
  readonly invalid: number;
  /** Problems of the first of them. */
  readonly problems: readonly string[];
}

/**
 * Reads the result stream to its end, shard by shard, and writes every record unchanged to a JSONL file, including results that are
 * repeated after a restart.
 * @param options `stream` to read; `file` to write; `onProgress` is called with the number of records from time to time
 */
export async function collectResults(
  client: KinesisClient,
  options: { stream: string; file: string; signal?: AbortSignal; onProgress: (records: number) => void },
): Promise<CollectedResults> {
  const tally = new ResultTally();
  let invalid = 0;
  const problems: string[] = [];
  let records = 0;
  const out = createWriteStream(options.file);
  await once(out, 'open');
  for (const shard of await listShardIds(client, options.stream)) {
    for await (const batch of readShard(client, options.stream, shard, options)) {
      for (const { data, sequenceNumber } of batch) {
        const result = parseResult(data);
        if ('record' in result) tally.add(result.record);
        else {
          invalid += 1;
          if (problems.length < PROBLEMS_KEPT) problems.push(`${shard} ${sequenceNumber}: ${result.problem}`);
        }
        out.write(data);
        if (!out.write(NEWLINE)) await once(out, 'drain');
      }
      records += batch.length;
      options.onProgress(records);
    }
  }
  options.signal?.throwIfAborted();
  out.end();
  await finished(out);
  return { tally: tally.summary(), invalid, problems };
}
