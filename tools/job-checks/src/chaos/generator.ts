import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatorProgram } from '@ad-analytics/demo/generator';
import { CommandError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { type RecordedEvent, TRAFFIC, recordTraffic } from '../replay-check/recording';
import { countMissing, textsByStream } from './lost-records';
import { anyMoment } from './moments';
import type { Target, Traffic } from './scenario';
import { endingAfter } from './traffic';

/** How often the generator is killed. */
export const KILLS_OF_THE_GENERATOR = 4;
const SECONDS = 60;
const POLL_MS = 200;
const PATIENCE_MS = 300_000;
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** @returns whether the record can be written as a line of a file */
export function isOneLine(data: RecordedEvent['data']): boolean {
  const bytes = Buffer.from(data as Uint8Array);
  return bytes.length > 0 && !bytes.includes(LINE_FEED) && !bytes.includes(CARRIAGE_RETURN);
}

/** Progress file of the generator: all records of a stream before `done` are delivered, and those in `also`. */
type Progress = Readonly<Record<RecordedEvent['stream'], { readonly done: number; readonly also: readonly number[] }>>;
const NO_PROGRESS: Progress = { impressions: { done: 0, also: [] }, clicks: { done: 0, also: [] } };

function readProgress(file: string): Progress {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : NO_PROGRESS;
}

/** @returns number of records that the generator has delivered, of both streams */
function settled(progress: Progress): number {
  return Object.values(progress).reduce((sum, { done, also }) => sum + done + also.length, 0);
}

/**
 * @param records of one stream, in their order
 * @param killed the progress of this stream after each kill
 * @returns the records, each as often as it may be in the stream: a record that was not delivered when the generator was killed may have been
 *   sent without a response, and is sent again
 */
export function allowedCopies(
  records: readonly RecordedEvent['data'][],
  killed: readonly Progress[RecordedEvent['stream']][],
): RecordedEvent['data'][] {
  const seen = killed.map(({ done, also }) => ({ done, also: new Set(also) }));
  return records.flatMap((data, index) => [
    data,
    ...seen.filter(({ done, also }) => index >= done && !also.has(index)).map(() => data),
  ]);
}

/** @throws CommandError if the generator sent a record again that it had delivered before it was killed */
async function nothingDeliveredTwice(
  { run }: Pick<Target, 'run'>,
  records: readonly RecordedEvent[],
  killed: readonly Progress[],
): Promise<void> {
  for (const { stream, sent, found } of await textsByStream(run, records)) {
    const allowed = allowedCopies(
      sent,
      killed.map((progress) => progress[stream]),
    );
    const again = countMissing(found, allowed);
    if (again > 0)
      throw new CommandError(`The generator sent ${again} ${stream} again that it had delivered before it was killed`);
  }
}

function writeRecording(folder: string, records: readonly RecordedEvent[]) {
  mkdirSync(folder, { recursive: true });
  const file = (stream: RecordedEvent['stream']) => {
    const lines = records
      .filter((record) => record.stream === stream)
      .flatMap(({ data }) => [Buffer.from(data as Uint8Array), Buffer.from('\n')]);
    const name = path.join(folder, `${stream}.jsonl`);
    writeFileSync(name, Buffer.concat(lines));
    return name;
  };
  return { impressions: file('impressions'), clicks: file('clicks') };
}

/** The generator replays a recording, is killed with SIGKILL at random moments, and continues from its checkpoint. */
export const killedGenerator: Traffic = async (target) => {
  const { stack, run, choice, signal, say } = target;
  const settings = { ...TRAFFIC, seed: choice.below(2 ** 31), durationSeconds: SECONDS };
  const records = [...recordTraffic(settings)].filter(({ data }) => isOneLine(data));
  const folder = path.join(stack.runFolder, run.name, 'generator');
  const { impressions, clicks } = writeRecording(folder, records);
  const progress = path.join(folder, 'progress.json');
  const start = () =>
    stack.parts.startEnding({
      name: 'Generator',
      ...generatorProgram(stack.region, [
        'replay',
        ...['--endpoint', run.settings.impressions.endpoint ?? stack.endpoint, '--config', run.configFile],
        ...['--impressions', impressions, '--clicks', clicks, '--progress', progress],
        ...['--dead-letters', path.join(folder, 'dead-letters.jsonl')],
      ]),
      cwd: folder,
      logFile: path.join(folder, 'generator.log'),
    });
  const killed: Progress[] = [];
  for (let kill = 1; kill <= KILLS_OF_THE_GENERATOR; kill += 1) {
    const before = settled(readProgress(progress));
    const generator = start();
    await madeProgress(progress, before, signal);
    await anyMoment(target, 500, 6_000);
    await generator.kill();
    const delivered = readProgress(progress);
    killed.push(delivered);
    say(
      `Generator ${kill} of ${KILLS_OF_THE_GENERATOR} killed after ${settled(delivered)} of ${records.length} records`,
    );
  }
  await start().succeeded;
  // If responses are lost, the generator also sends records again without a kill.
  if (!target.responsesAreLost) await nothingDeliveredTwice(target, records, killed);
  const tail = await endingAfter(records, target);
  await run.sender.send(tail, signal);
  return [...records, ...tail];
};

async function madeProgress(progress: string, before: number, signal: Target['signal']): Promise<void> {
  await waitUntil(async () => (settled(readProgress(progress)) > before ? true : undefined), {
    intervalMs: POLL_MS,
    timeoutMs: PATIENCE_MS,
    signal,
    onTimeout: () => new CommandError(`The generator has delivered nothing for ${PATIENCE_MS / 1_000} s`),
  });
}
