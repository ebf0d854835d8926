import { type InputRecord, inTimeOrder, inputRecord, isBlank, recordLines } from '@ad-analytics/recorded-traffic';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Input, Results, SourceRecord } from './input';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';

/** @throws CommandError (exit code 2) with the name of a file that cannot be read to its end */
async function* linesOf(files: readonly string[]): AsyncGenerator<Buffer> {
  for (const file of files) {
    try {
      for await (const line of recordLines(file)) yield line;
    } catch (error) {
      throw new CommandError(`Cannot read ${file} to its end: ${(error as Error).message}`, 2);
    }
  }
}

/**
 * The input of a stream from the JSONL files that were sent to it.
 * @param files plain or gzip, in the order in which they were sent
 * @param options `shards` of the stream; `arrivalTime` for all records (milliseconds since the epoch), unknown without it;
 * `byTime` if the records were sent in the order of their event times, like by `pipeline`
 * @returns the non-blank lines, each in the shard of its partition key; without `byTime`, the order of the files is the order of the shards
 */
export function fileInput(
  files: readonly string[],
  options: { shards: number; arrivalTime?: number; byTime?: boolean },
): Input {
  async function* inFileOrder(): AsyncGenerator<InputRecord> {
    for await (const line of linesOf(files)) if (!isBlank(line)) yield inputRecord(line);
  }
  async function* records(): AsyncGenerator<SourceRecord> {
    const put = options.byTime === true ? inTimeOrder(inFileOrder()) : inFileOrder();
    for await (const { data, partitionKey } of put) {
      const shard = String(shardOfKey(partitionKey, options.shards));
      yield { shard, sequence: undefined, arrivalTime: options.arrivalTime, data };
    }
  }
  return { hasPositions: false, records };
}

/** @param files JSONL of the result stream's records, plain or gzip */
export function fileResults(files: readonly string[]): Results {
  return { records: () => linesOf(files) };
}
