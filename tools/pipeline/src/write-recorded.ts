import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { Emission } from '@ad-analytics/traffic-model';
import type { RecordedFiles } from './put-recorded';

/**
 * Writes generated records as recorded traffic, in the given order, without the labels.
 * @param records of both streams
 * @param folder to write the two JSONL files to
 * @param options `onRecord` is called with the number of records so far; `signal` ends it
 * @returns the files
 */
export async function writeRecorded(
  records: Iterable<Pick<Emission, 'stream' | 'data'>>,
  folder: string,
  options: { onRecord: (records: number) => void; signal: AbortSignal },
): Promise<RecordedFiles> {
  const files = { impression: path.join(folder, 'impressions.jsonl'), click: path.join(folder, 'clicks.jsonl') };
  const outputs = { impressions: createWriteStream(files.impression), clicks: createWriteStream(files.click) };
  await Promise.all(Object.values(outputs).map((output) => once(output, 'open')));
  try {
    let written = 0;
    for (const { stream, data } of records) {
      options.signal.throwIfAborted();
      const output = outputs[stream];
      output.write(data);
      if (!output.write('\n')) await once(output, 'drain');
      options.onRecord((written += 1));
    }
    for (const output of Object.values(outputs)) {
      output.end();
      await finished(output);
    }
    return files;
  } finally {
    for (const output of Object.values(outputs)) output.destroy();
  }
}
