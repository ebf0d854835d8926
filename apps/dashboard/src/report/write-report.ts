import path from 'node:path';
import type { FeedSettings } from '../feeds/feeds';
import type { Books, Verdict } from './report-data';
import { reportHtml, type ReportPage } from './report-html';
import { reportView } from './report-view';
import { ResultsDatabase } from './results-database';

/** The input of a report. */
export interface ReportOptions {
  /** Results of the run, JSON lines. */
  readonly results: string;
  readonly books: Books | null;
  readonly verdict: Verdict | null;
  /** Settings of the job that wrote the results. */
  readonly settings: FeedSettings;
  readonly page: ReportPage;
  readonly write: (html: string) => Promise<void>;
}

/**
 * Writes the report of a finished run.
 * @throws {Error} when the results cannot be read
 */
export async function writeReport({ results, books, verdict, settings, page, write }: ReportOptions): Promise<void> {
  const { metrics, attribution, eventTime } = settings;
  const view = await ResultsDatabase.use(results, (database) =>
    reportView(database, {
      source: path.basename(results),
      windowMs: metrics.windowSeconds * 1_000,
      settlesAfterMs: (attribution.windowSeconds + eventTime.maxOutOfOrdernessSeconds) * 1_000,
      books,
      now: Date.now(),
    }),
  );
  await write(reportHtml({ view, books, verdict }, page));
}
