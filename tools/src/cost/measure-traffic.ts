import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { RECORD_TYPES, type RecordType, resultRecordSchema, type ResultRecord } from '@ad-analytics/event-schemas';
import { marshallItem, toItem } from '@ad-analytics/serving-table';
import { itemSize } from './item-size';
import type { MeasuredTraffic, RecordSizes, ResultSizes } from './measured-traffic';

const KB = 1024;

/** Sums that become means. */
class Sums<Name extends string> {
  records = 0;
  private readonly sums = {} as Record<Name, number>;

  add(values: Record<Name, number>): void {
    this.records += 1;
    for (const [name, value] of Object.entries(values) as [Name, number][])
      this.sums[name] = (this.sums[name] ?? 0) + value;
  }

  /** @returns mean of a value, to four digits after the point: more would claim what a sample cannot know */
  mean(name: Name): number {
    return this.records === 0 ? 0 : Number(((this.sums[name] ?? 0) / this.records).toFixed(4));
  }
}

const billed = (bytes: number) => ({
  bytes,
  kilobytes: Math.ceil(bytes / KB),
  fiveKilobytes: Math.ceil(bytes / (5 * KB)),
  putUnits: Math.ceil(bytes / (25 * KB)),
});

type Billed = keyof ReturnType<typeof billed>;

function recordSizes(sums: Pick<Sums<Billed>, 'records' | 'mean'>): RecordSizes {
  const { records } = sums;
  const [bytes, kilobytes] = [sums.mean('bytes'), sums.mean('kilobytes')];
  return { records, bytes, kilobytes, fiveKilobytes: sums.mean('fiveKilobytes'), putUnits: sums.mean('putUnits') };
}

/** @returns the lines of files, plain or gzip, without empty ones */
async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    const bytes = createReadStream(file);
    const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line !== '') yield line;
  }
}

async function measureInputs(files: readonly string[]): Promise<RecordSizes> {
  const sums = new Sums<Billed>();
  for await (const line of linesOf(files)) sums.add(billed(Buffer.byteLength(line)));
  return recordSizes(sums);
}

/** Results by type, each `record_id` once, and how many windows there were. */
async function measureResults(files: readonly string[]) {
  const sums = new Map<RecordType, Sums<Billed | 'table' | 'bySubject' | 'byTime' | 'stored' | 'storedAll'>>(
    RECORD_TYPES.map((type) => [type, new Sums()]),
  );
  const seen = new Set<string>();
  const windows = { campaign_metrics: new Set<string>(), attribution_metrics: new Set<string>() };
  for await (const line of linesOf(files)) {
    const record: ResultRecord = resultRecordSchema.parse(JSON.parse(line));
    if (seen.has(record.record_id)) continue;
    seen.add(record.record_id);
    const { writeUnits, storedBytes } = itemSize(marshallItem(toItem(record, 0)));
    sums.get(record.record_type)?.add({
      ...billed(Buffer.byteLength(line)),
      ...writeUnits,
      stored: storedBytes.table,
      storedAll: storedBytes.all,
    });
    if (record.record_type === 'campaign_metrics') windows.campaign_metrics.add(record.campaign_metrics.window_start);
    if (record.record_type === 'attribution_metrics')
      windows.attribution_metrics.add(record.attribution_metrics.window_start);
  }
  const results = Object.fromEntries(
    [...sums].map(([type, sum]): [RecordType, ResultSizes] => [
      type,
      {
        ...recordSizes(sum),
        writeUnits: { table: sum.mean('table'), bySubject: sum.mean('bySubject'), byTime: sum.mean('byTime') },
        storedBytes: { table: sum.mean('stored'), all: sum.mean('storedAll') },
      },
    ]),
  ) as Record<RecordType, ResultSizes>;
  const perWindow = (type: keyof typeof windows) =>
    Number((results[type].records / Math.max(1, windows[type].size)).toFixed(2));
  return {
    results,
    keysInWindow: perWindow('campaign_metrics'),
    campaignsInWindow: perWindow('attribution_metrics'),
  };
}

/** Files of a run: what was put into the input streams, and what came out. */
export interface RunFiles {
  readonly impressions: readonly string[];
  readonly clicks: readonly string[];
  readonly results: readonly string[];
}

/**
 * Measures what a bill counts of a run's records.
 * @param files JSONL, plain or gzip
 * @param run how the run was made
 * @param seconds event time that the run spans
 * @returns the measurement
 * @throws {Error} when a file cannot be read or holds a result that is not of the contract
 */
export async function measureTraffic(files: RunFiles, run: string, seconds: number): Promise<MeasuredTraffic> {
  return {
    run,
    seconds,
    impressions: await measureInputs(files.impressions),
    clicks: await measureInputs(files.clicks),
    ...(await measureResults(files.results)),
  };
}
