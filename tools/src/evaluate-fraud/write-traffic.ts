import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { RecordedFiles } from '../pipeline/put-recorded';
import type { SeedTraffic } from './seed-traffic';

/**
 * Writes the traffic of several seeds, one after the other, as recorded traffic. The labels stay out.
 * @param folder to write the two JSONL files to
 * @param options `onRecord` is told the number of records so far; `signal` ends it
 * @returns the files
 */
export async function writeTraffic(
  traffic: readonly SeedTraffic[],
  folder: string,
  options: { onRecord: (records: number) => void; signal: AbortSignal },
): Promise<RecordedFiles> {
  const files = { impression: path.join(folder, 'impressions.jsonl'), click: path.join(folder, 'clicks.jsonl') };
  const outputs = { impressions: createWriteStream(files.impression), clicks: createWriteStream(files.click) };
  let records = 0;
  for (const seed of traffic) {
    for (const { stream, data } of seed.emissions()) {
      options.signal.throwIfAborted();
      const output = outputs[stream];
      output.write(data);
      if (!output.write('\n')) await once(output, 'drain');
      options.onRecord((records += 1));
    }
  }
  for (const output of Object.values(outputs)) {
    output.end();
    await finished(output);
  }
  return files;
}
