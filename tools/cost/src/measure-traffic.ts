import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { RECORD_TYPES, type RecordType, resultRecordSchema, type ResultRecord } from '@ad-analytics/event-schemas';
import { fitsPage, marshallItem, scorePages, toItem, type PlacedScore } from '@ad-analytics/serving-table';
import { itemSize, type ItemSize } from './item-size';
import type { MeasuredTraffic, RecordSizes, ResultSizes } from './measured-traffic';

const KB = 1024;
/** Digits of a sequence number of Kinesis. */
const SEQUENCE_DIGITS = 56;

/** Sums from which means are computed. */
class Sums<Name extends string> {
  records = 0;
  private readonly sums = {} as Record<Name, number>;

  add(values: Record<Name, number>): void {
    this.records += 1;
    for (const [name, value] of Object.entries(values) as [Name, number][])
      this.sums[name] = (this.sums[name] ?? 0) + value;
  }

  /** @returns mean of a value with four decimals; more would not be significant for a sample */
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

/**
 * Number of scores of a window in one batch of the sink, which is also their number in one page. This is a cautious value: scores come in
 * a burst when the window closes, and a full batch of `prod` has 1,000 results.
 */
export const SCORES_OF_A_PAGE = 100;

/** Write units and bytes of the scores of a run, packed into pages like in the sink. */
class ScorePages {
  private readonly waiting = new Map<string, PlacedScore[]>();

  /** @param add called with the write units and bytes of each score */
  constructor(private readonly add: (share: ItemSize) => void) {}

  /** Adds a score; it is measured when its page is full, or by {@link flush}. */
  put(score: PlacedScore): void {
    const window = score.record.user_engagement.window_start;
    const page = [...(this.waiting.get(window) ?? []), score];
    this.waiting.set(window, page);
    if (page.length === SCORES_OF_A_PAGE) this.write(window);
  }

  /** Measures the pages that are not full. */
  flush(): void {
    for (const window of [...this.waiting.keys()]) this.write(window);
  }

  private write(window: string): void {
    for (const { item, scores } of scorePages(this.waiting.get(window) ?? [], 0)) {
      const { writeUnits, storedBytes } = itemSize(marshallItem(item));
      const share = {
        writeUnits: {
          table: writeUnits.table / scores.length,
          bySubject: writeUnits.bySubject / scores.length,
          byTime: writeUnits.byTime / scores.length,
        },
        storedBytes: { table: storedBytes.table / scores.length, all: storedBytes.all / scores.length },
      };
      scores.forEach(() => this.add(share));
    }
    this.waiting.delete(window);
  }
}

/** Results by type, each `record_id` once, and the number of windows. */
async function measureResults(files: readonly string[]) {
  const streamed = new Map(RECORD_TYPES.map((type) => [type, new Sums<Billed>()]));
  const stored = new Map(
    RECORD_TYPES.map((type) => [type, new Sums<'table' | 'bySubject' | 'byTime' | 'stored' | 'storedAll'>()]),
  );
  const addStored = (type: RecordType, { writeUnits, storedBytes }: ItemSize) =>
    stored.get(type)?.add({ ...writeUnits, stored: storedBytes.table, storedAll: storedBytes.all });
  const pages = new ScorePages((share) => addStored('user_engagement', share));
  const seen = new Set<string>();
  const windows = { campaign_metrics: new Set<string>(), attribution_metrics: new Set<string>() };
  for await (const line of linesOf(files)) {
    const record: ResultRecord = resultRecordSchema.parse(JSON.parse(line));
    if (seen.has(record.record_id)) continue;
    seen.add(record.record_id);
    streamed.get(record.record_type)?.add(billed(Buffer.byteLength(line)));
    const place = { stream: 'results', shard: '0', sequenceNumber: String(seen.size).padStart(SEQUENCE_DIGITS, '0') };
    if (fitsPage(record)) pages.put({ record, place });
    else addStored(record.record_type, itemSize(marshallItem(toItem(record, 0))));
    if (record.record_type === 'campaign_metrics') windows.campaign_metrics.add(record.campaign_metrics.window_start);
    if (record.record_type === 'attribution_metrics')
      windows.attribution_metrics.add(record.attribution_metrics.window_start);
  }
  pages.flush();
  const results = Object.fromEntries(
    RECORD_TYPES.map((type): [RecordType, ResultSizes] => {
      const [sizes, sum] = [streamed.get(type) as Sums<Billed>, stored.get(type) ?? new Sums()];
      return [
        type,
        {
          ...recordSizes(sizes),
          writeUnits: { table: sum.mean('table'), bySubject: sum.mean('bySubject'), byTime: sum.mean('byTime') },
          storedBytes: { table: sum.mean('stored'), all: sum.mean('storedAll') },
        },
      ];
    }),
  ) as Record<RecordType, ResultSizes>;
  const perWindow = (type: keyof typeof windows) =>
    Number((results[type].records / Math.max(1, windows[type].size)).toFixed(2));
  return {
    results,
    keysInWindow: perWindow('campaign_metrics'),
    campaignsInWindow: perWindow('attribution_metrics'),
  };
}

/** Files of a run: records of the input streams, and results. */
export interface RunFiles {
  readonly impressions: readonly string[];
  readonly clicks: readonly string[];
  readonly results: readonly string[];
}

/**
 * Measures the billed properties of a run's records.
 * @param files JSONL, plain or gzip
 * @param run how the run was made
 * @param seconds event time of the run
 * @returns the measurement
 * @throws {Error} when a file cannot be read or contains an invalid result
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
