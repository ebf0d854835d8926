import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../replay-check/recording';
import type { ReplayRun } from '../replay-check/replay-run';

const digest = (data: string | Uint8Array) => createHash('sha256').update(data).digest('base64');

/** @returns the number of missing texts; a text that was sent several times counts as often */
export function countMissing(sent: Iterable<string | Uint8Array>, found: Iterable<string | Uint8Array>): number {
  const there = new Map<string, number>();
  for (const data of found) there.set(digest(data), (there.get(digest(data)) ?? 0) + 1);
  let missing = 0;
  for (const data of sent) {
    const left = there.get(digest(data)) ?? 0;
    if (left === 0) missing += 1;
    else there.set(digest(data), left - 1);
  }
  return missing;
}

/** The texts of an input stream. */
interface StreamTexts {
  readonly stream: RecordedEvent['stream'];
  /** In the order in which they were sent. */
  readonly sent: readonly RecordedEvent['data'][];
  readonly found: readonly Uint8Array[];
}

/** @returns for each input stream of a run, the texts that were sent to it and those in it */
export async function textsByStream(
  run: Pick<ReplayRun, 'input'>,
  sent: readonly RecordedEvent[],
): Promise<StreamTexts[]> {
  const texts: StreamTexts[] = [];
  for (const stream of ['impressions', 'clicks'] as const)
    texts.push({
      stream,
      sent: sent.filter((record) => record.stream === stream).map(({ data }) => data),
      found: [...(await run.input(stream)).values()].flat(),
    });
  return texts;
}

/** @returns how many records that were sent are not in the input streams of a run */
export async function lostRecords(run: Pick<ReplayRun, 'input'>, sent: readonly RecordedEvent[]): Promise<number> {
  return (await textsByStream(run, sent)).reduce((lost, texts) => lost + countMissing(texts.sent, texts.found), 0);
}
