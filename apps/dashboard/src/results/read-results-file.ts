import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parseEventTime, type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { z } from 'zod';
import { DashboardError, EXIT_USAGE } from '../errors';
import { foundBy, InMemoryResults } from './in-memory-results';

/** About 2 GB of heap. */
const MAX_RECORDS = 2_000_000;
const MAX_PROBLEM_LENGTH = 300;

/** Lengths of windows, in seconds; undefined if no result contains them. */
export interface RunWindows {
  readonly metrics: number | undefined;
  readonly engagement: number | undefined;
  readonly engagementSlide: number | undefined;
}

/** The results of a finished run. */
export interface ResultsFile {
  readonly results: InMemoryResults;
  readonly records: number;
  /** Number of lines that are not results. */
  readonly invalid: number;
  /** The first such line, and its error. */
  readonly firstProblem: string | undefined;
  /** Window lengths of the job, as far as the results contain them, in seconds. */
  readonly windows: RunWindows;
  /**
   * The latest time by which any result is found, in milliseconds since the epoch. Rejected events count only if the
   * run has no other result: they are found by their arrival, which is not the time of the traffic in a replay.
   */
  readonly end: number;
  /** Arrival of each rejected event, in milliseconds since the epoch. */
  readonly rejectedAt: readonly number[];
}

/**
 * Reads the results of a run: each record once, with its last delivery.
 * @param file JSON lines, plain or gzip
 * @throws DashboardError (exit code 2) when it cannot be read, has no result, or has more than fit into memory
 */
export async function readResultsFile(file: string, maxRecords = MAX_RECORDS): Promise<ResultsFile> {
  const results = new InMemoryResults();
  let [records, invalid, line, end] = [0, 0, 0, -Infinity];
  const rejectedAt: number[] = [];
  let firstProblem: string | undefined;
  const windows = new WindowLengths();
  const failed: { error?: Error } = {};
  const bytes = createReadStream(file).on('error', (error) => (failed.error ??= error));
  const text = file.endsWith('.gz')
    ? bytes.pipe(createGunzip()).on('error', (error) => (failed.error ??= error))
    : bytes;
  bytes.on('error', () => text.destroy());
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  try {
    for await (const content of lines) {
      line += 1;
      if (content.trim() === '') continue;
      const record = parse(content);
      if (typeof record === 'string') {
        invalid += 1;
        firstProblem ??= `line ${line}: ${record}`.slice(0, MAX_PROBLEM_LENGTH);
        continue;
      }
      records += 1;
      if (records > maxRecords)
        throw new DashboardError(
          `${file} has more than ${maxRecords} results, more than the page can hold. For a page of the whole run, use --report with ` +
            '`npm run pipeline` or `npm run verify`.',
          EXIT_USAGE,
        );
      results.put(record);
      windows.see(record);
      if (record.record_type === 'rejected_event') rejectedAt.push(foundBy(record));
      else end = Math.max(end, foundBy(record));
    }
  } catch (error) {
    failed.error ??= error as Error;
  } finally {
    lines.close();
    bytes.destroy();
  }
  if (failed.error instanceof DashboardError) throw failed.error;
  if (failed.error !== undefined)
    throw new DashboardError(`${file} cannot be read: ${failed.error.message}`, EXIT_USAGE);
  if (records === 0)
    throw new DashboardError(
      `${file} does not contain any result. It must be a file that \`npm run pipeline\` wrote with --results.${firstProblem ? ` ${firstProblem}` : ''}`,
      EXIT_USAGE,
    );
  for (const arrival of end === -Infinity ? rejectedAt : []) end = Math.max(end, arrival);
  return { results, records, invalid, firstProblem, windows: windows.seconds(), end, rejectedAt };
}

/** Gets the window lengths of a job from its results, because the page groups results by them. */
class WindowLengths {
  private metrics: number | undefined;
  private engagement: number | undefined;
  private readonly engagementStarts = new Set<number>();

  see(record: ResultRecord): void {
    if (record.record_type === 'campaign_metrics') this.metrics ??= lengthOf(record.campaign_metrics);
    if (record.record_type !== 'user_engagement') return;
    this.engagement ??= lengthOf(record.user_engagement);
    this.engagementStarts.add(parseEventTime(record.user_engagement.window_start));
  }

  seconds(): RunWindows {
    const starts = [...this.engagementStarts].sort((a, b) => a - b);
    const slide = Math.min(...starts.slice(1).map((start, index) => start - starts[index]!));
    return {
      metrics: this.metrics,
      engagement: this.engagement,
      engagementSlide: Number.isFinite(slide) ? slide / 1_000 : undefined,
    };
  }
}

const lengthOf = (window: { window_start: string; window_end: string }): number =>
  (parseEventTime(window.window_end) - parseEventTime(window.window_start)) / 1_000;

function parse(content: string): ResultRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return (error as Error).message;
  }
  const parsed = resultRecordSchema.safeParse(value);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}
