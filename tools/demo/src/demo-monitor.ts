import type { JobProgress } from '@ad-analytics/pipeline/job-progress';
import type { LiveResults } from './live-results';
import { RateMeter } from './rate-meter';
import type { DemoView } from './render';

const NOTICES_SHOWN = 3;

/** Combines the job's progress and the results so far for the live view. */
export class DemoMonitor {
  private readonly rates = { impressions: new RateMeter(), clicks: new RateMeter(), results: new RateMeter() };
  /** Notices for the user, in the order of their time. */
  readonly notices: string[] = [];

  /**
   * @param results filled while the result stream is read
   * @param started when the job began to run, milliseconds since the epoch
   */
  constructor(
    private readonly results: LiveResults,
    private readonly started: number,
  ) {}

  /** @param text notice for the user */
  notice(text: string): void {
    this.notices.push(text);
  }

  /**
   * @param progress of the job
   * @param now milliseconds since the epoch
   * @param totalSeconds duration of the demo; undefined: until it is interrupted
   */
  view(progress: JobProgress, now: number, totalSeconds: number | undefined): DemoView {
    const { results, rates } = this;
    const summary = results.tally.summary();
    rates.impressions.sample(progress.read.impression, now);
    rates.clicks.sample(progress.read.click, now);
    rates.results.sample(summary.records, now);
    const duplicates = progress.counts?.duplicates;
    const invalid = results.invalid === 0 ? [] : [`${results.invalid} results do not fit the contract`];
    return {
      elapsedSeconds: (now - this.started) / 1_000,
      totalSeconds,
      impressionsRead: progress.read.impression,
      impressionsPerSecond: rates.impressions.perSecond(),
      clicksRead: progress.read.click,
      clicksPerSecond: rates.clicks.perSecond(),
      results: summary.records,
      resultsPerSecond: rates.results.perSecond(),
      attributed: summary.byType.attributed_click ?? 0,
      unattributed: summary.byType.unattributed_click ?? 0,
      rejected: summary.rejected.impression + summary.rejected.click,
      late: summary.late.impression + summary.late.click,
      duplicates: duplicates && duplicates.impression + duplicates.click,
      clickDelayMs: results.clickDelay.median(),
      windowDelayMs: results.windowDelay.median(),
      latestWindowEnd: results.campaigns.latestWindowEnd,
      campaigns: results.campaigns.rows(),
      notices: [...this.notices.slice(-NOTICES_SHOWN), ...invalid],
    };
  }
}
