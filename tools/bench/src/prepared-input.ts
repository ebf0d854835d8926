import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { ATTACKS, HARD_NEGATIVES, type TrafficStream, generateTraffic } from '@ad-analytics/traffic-model';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { Progress } from '@ad-analytics/command-line/progress';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { type Skew, skewed } from './skew';

/** In the past of every machine: a record from the future is rejected. On a minute, as the windows are. */
const START = Date.parse('2024-06-03T10:00:00.000Z');
/** The sources of the traffic. */
const GENERATOR = path.join(ROOT, 'libs', 'traffic-model', 'src');

/** Which traffic to prepare. The same plan gives the same bytes. */
export interface InputPlan {
  /** Records of both streams together. */
  readonly events: number;
  readonly seed: number;
  /** Ordinary events per second of event time. */
  readonly rate: number;
  /** Shards of each stream. */
  readonly shards: number;
  /** How many there are; without it as many as the generator has by default. */
  readonly users?: number | undefined;
  readonly campaigns?: number | undefined;
  /** Values that one campaign, country or address has much more often than any other. */
  readonly skew?: Skew | undefined;
  /** Without late, repeated and malformed records: programs that treat these differently give the same results then. */
  readonly clean?: boolean | undefined;
}

/** Prepared records: a folder for each stream, in it a file of JSON lines for each shard. */
export interface PreparedInput {
  readonly folder: string;
  readonly plan: InputPlan;
  readonly events: number;
  readonly bytes: number;
  /** Records by stream. */
  readonly byStream: Readonly<Record<TrafficStream, number>>;
}

/** Folder of each stream, as the settings of the job name it. */
export const STREAM_FOLDERS: Readonly<Record<TrafficStream, string>> = {
  impressions: 'AdImpressionsStreamInput',
  clicks: 'ClicksStreamInput',
};

/** @returns name of a shard, as Kinesis has it */
export const shardId = (index: number) => `shardId-${String(index).padStart(12, '0')}`;

/**
 * Writes the records of a plan, each into the shard that Kinesis would put it into; files of an earlier call are used again.
 * A record that has a line break in it is left out: a shard's file is a line for each record.
 * @param root folder of all prepared records
 * @param signal ends it
 */
export async function prepareInput(plan: InputPlan, root: string, signal: AbortSignal): Promise<PreparedInput> {
  const folder = path.join(root, nameOf(plan));
  const summary = path.join(folder, 'summary.json');
  if (existsSync(summary))
    return { folder, ...(JSON.parse(readFileSync(summary, 'utf8')) as Omit<PreparedInput, 'folder'>) };
  const unfinished = `${folder}.unfinished-${process.pid}`;
  try {
    const written = { plan, ...(await write(plan, unfinished, signal)) };
    writeFileSync(path.join(unfinished, 'summary.json'), JSON.stringify(written));
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    return { folder, ...written };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @returns a name that changes with the plan, and with the sources of the generator */
function nameOf(plan: InputPlan): string {
  const hash = createHash('sha256').update(JSON.stringify(plan));
  for (const file of readdirSync(GENERATOR, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(path.join(GENERATOR, file)));
  return hash.digest('hex').slice(0, 16);
}

async function write(plan: InputPlan, folder: string, signal: AbortSignal) {
  const progress = new Progress('Records prepared', plan.events);
  const open = (stream: TrafficStream) => {
    mkdirSync(path.join(folder, STREAM_FOLDERS[stream]), { recursive: true });
    return Array.from({ length: plan.shards }, (_, shard) =>
      createWriteStream(path.join(folder, STREAM_FOLDERS[stream], `${shardId(shard)}.jsonl`)),
    );
  };
  const outputs = { impressions: open('impressions'), clicks: open('clicks') };
  const files = Object.values(outputs).flat();
  await Promise.all(files.map((file) => once(file, 'open')));
  const byStream = { impressions: 0, clicks: 0 };
  let [events, bytes] = [0, 0];
  try {
    for (const { stream, partitionKey, data } of records(plan)) {
      signal.throwIfAborted();
      const line = Buffer.concat([Buffer.from(data), Buffer.from('\n')]);
      if (line.indexOf('\n') !== line.length - 1) continue;
      // The index is that of an existing file.
      const output = outputs[stream][shardOfKey(partitionKey, plan.shards)]!;
      if (!output.write(line)) await once(output, 'drain');
      byStream[stream] += 1;
      events += 1;
      bytes += line.length - 1;
      progress.update(events);
      if (events === plan.events) break;
    }
    for (const file of files) {
      file.end();
      await finished(file);
    }
  } finally {
    for (const file of files) file.destroy();
  }
  progress.finish(events);
  return { events, bytes, byStream };
}

function* records(plan: InputPlan) {
  const traffic = generateTraffic({
    seed: plan.seed,
    startTime: START,
    rate: plan.rate,
    ...(plan.users === undefined ? {} : { users: plan.users }),
    ...(plan.campaigns === undefined ? {} : { campaigns: plan.campaigns }),
    ...(plan.clean === true ? { shares: { late: 0, duplicate: 0, malformed: 0 } } : {}),
    scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1])),
  });
  for (const emission of traffic) yield plan.skew === undefined ? emission : skewed(emission, plan.skew);
}
