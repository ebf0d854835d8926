import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { RecordedEvent } from '../replay-check/recording';
import type { SourceRecord } from '@ad-analytics/verify/input';
import type { InputStream, KeptRecords } from './upgrade-run';

/** One folder for each release. */
const RELEASES_FOLDER = path.join(ROOT, 'flink', 'src', 'test', 'resources', 'savepoints');

const runSchema = z.strictObject({
  /** The run's name, which is part of the streams' names. */
  name: z.string(),
  /** Settings that differed from the committed ones, by name. */
  settings: z.record(z.string(), z.string()),
  /** Watermark of the job when it was stopped, milliseconds since the epoch. */
  watermark: z.number(),
});

const stream = z.enum(['impressions', 'clicks']);
const base64 = z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64'));
const keptSchema = z.strictObject({
  stream,
  shard: z.string(),
  sequence: z.string(),
  arrivalTime: z.number(),
  data: base64,
});
/** Text unchanged, bytes in Base64. */
const laterSchema = z.union([
  z.strictObject({ stream, partitionKey: z.string(), data: z.string(), arrivalMs: z.number() }),
  z
    .strictObject({ stream, partitionKey: z.string(), bytes: base64, arrivalMs: z.number() })
    .transform(({ bytes, ...record }) => ({ ...record, data: bytes })),
]);

/** A run of a released zip that was stopped in the middle. */
export interface ReleasedRun extends z.output<typeof runSchema> {
  /** The records that the job had read. */
  readonly kept: KeptRecords;
  /** The results that it had delivered. */
  readonly results: readonly Uint8Array[];
  /** Traffic that follows. */
  readonly later: readonly RecordedEvent[];
}

/** @returns releases with a savepoint, in order of their numbers */
export function releases(): string[] {
  if (!existsSync(RELEASES_FOLDER)) return [];
  return readdirSync(RELEASES_FOLDER).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

const writeLines = (file: string, lines: readonly string[]) =>
  // The gzip of Node does not write the time into the file, so the same lines give the same bytes.
  writeFileSync(file, gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 9 }));
const readLines = (file: string) => gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(0, -1);
const text = (data: Uint8Array) => Buffer.from(data).toString('base64');

/**
 * Writes the files of a release.
 * @param savepoint folder of the savepoint
 * @param options `replace`: whether existing files may be replaced; `python` makes the archive
 * @throws CommandError (exit code 2) when they exist and may not be replaced
 */
export async function writeReleasedRun(
  release: string,
  run: ReleasedRun,
  savepoint: string,
  options: { replace: boolean; python: string },
): Promise<string> {
  const folder = path.join(RELEASES_FOLDER, release);
  if (existsSync(folder)) {
    if (!options.replace) throw new CommandError(`${folder} exists: the savepoint of a release must not change.`, 2);
    rmSync(folder, { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  const { kept, results, later, ...about } = run;
  writeFileSync(path.join(folder, 'run.json'), `${JSON.stringify(about, null, 2)}\n`);
  const keptLines = (['impressions', 'clicks'] as const).flatMap((of) =>
    kept[of].map((record) => JSON.stringify({ stream: of, ...record, data: text(record.data) })),
  );
  writeLines(path.join(folder, 'read.jsonl.gz'), keptLines);
  writeLines(
    path.join(folder, 'later.jsonl.gz'),
    later.map(({ data, ...record }) =>
      JSON.stringify(typeof data === 'string' ? { ...record, data } : { ...record, bytes: text(data) }),
    ),
  );
  writeLines(
    path.join(folder, 'results.jsonl.gz'),
    results.map((line) => Buffer.from(line).toString('utf8')),
  );
  const archive = path.join(folder, 'savepoint.zip');
  await promisify(execFile)(options.python, ['-m', 'zipfile', '-c', archive, ...readdirSync(savepoint)], {
    cwd: savepoint,
  });
  return folder;
}

/**
 * Reads the files of a release and unpacks its savepoint.
 * @param release one of `releases`
 * @param folder to unpack into
 * @param python unpacks the archive
 * @returns the run, and the location of the savepoint
 */
export async function readReleasedRun(
  release: string,
  folder: string,
  python: string,
): Promise<{ readonly run: ReleasedRun; readonly savepoint: string }> {
  const of = (name: string) => path.join(RELEASES_FOLDER, release, name);
  const about = runSchema.parse(JSON.parse(readFileSync(of('run.json'), 'utf8')));
  const kept: Record<InputStream, SourceRecord[]> = { impressions: [], clicks: [] };
  for (const line of readLines(of('read.jsonl.gz'))) {
    const { stream: name, ...record } = keptSchema.parse(JSON.parse(line));
    kept[name].push(record);
  }
  const later = readLines(of('later.jsonl.gz')).map((line) => laterSchema.parse(JSON.parse(line)));
  const results = readLines(of('results.jsonl.gz')).map((line) => Buffer.from(line));
  mkdirSync(folder, { recursive: true });
  await promisify(execFile)(python, ['-m', 'zipfile', '-e', of('savepoint.zip'), folder]);
  return { run: { ...about, kept, later, results }, savepoint: `file://${folder}` };
}
