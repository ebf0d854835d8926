import { printable } from '@ad-analytics/command-line/printable';
import { grouped } from '@ad-analytics/command-line/progress';
import type { CampaignRow } from './campaign-table';

/** The content of the live view. */
export interface DemoView {
  readonly elapsedSeconds: number;
  /** Undefined: until Ctrl-C. */
  readonly totalSeconds: number | undefined;
  readonly impressionsRead: number;
  readonly impressionsPerSecond: number;
  readonly clicksRead: number;
  readonly clicksPerSecond: number;
  readonly results: number;
  readonly resultsPerSecond: number;
  readonly attributed: number;
  readonly unattributed: number;
  readonly rejected: number;
  readonly late: number;
  /** Undefined until the job has metrics. */
  readonly duplicates: number | undefined;
  /** Median milliseconds from a click to its attributed_click on the result stream. */
  readonly clickDelayMs: number | undefined;
  /** Median milliseconds from a window's end to its campaign_metrics on the result stream. */
  readonly windowDelayMs: number | undefined;
  readonly latestWindowEnd: string;
  readonly campaigns: readonly CampaignRow[];
  /** Notices for the user, for example that the job was restarted. */
  readonly notices: readonly string[];
  /** Address of the dashboard; undefined without a dashboard. */
  readonly page?: string | undefined;
}

const COLUMNS: readonly [title: string, width: number][] = [
  ['campaign', -16],
  ['impressions', 12],
  ['clicks', 9],
  ['CTR', 9],
  ['last window', 13],
  ['attributed', 12],
];
const MIN_TABLE_ROWS = 3;

const percent = (value: number | null) => (value === null ? '-' : `${(value * 100).toFixed(2)} %`);
const seconds = (ms: number | undefined) => (ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`);

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => {
      const width = COLUMNS[index]?.[1] ?? 10;
      return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
    })
    .join(' ');
}

/**
 * @param view what to show
 * @param size of the terminal; the table is cut to fit
 * @returns its lines
 */
export function renderDemo(view: DemoView, size: { rows: number; columns: number }): string[] {
  const until = view.totalSeconds === undefined ? 'Ctrl-C ends it' : `of ${view.totalSeconds} s`;
  const head = [
    `Ad analytics, live   ${Math.floor(view.elapsedSeconds)} s, ${until}`,
    ...(view.page === undefined ? [] : [`  on a page         ${view.page}`]),
    '',
    `  read by the job   ${grouped(view.impressionsRead)} impressions (${grouped(view.impressionsPerSecond)}/s)   ${grouped(view.clicksRead)} clicks (${grouped(view.clicksPerSecond)}/s)`,
    `  results           ${grouped(view.results)} records (${grouped(view.resultsPerSecond)}/s)`,
    `  clicks            ${grouped(view.attributed)} attributed   ${grouped(view.unattributed)} unattributed`,
    `  set aside         ${grouped(view.rejected)} rejected   ${grouped(view.late)} late   ${view.duplicates === undefined ? '-' : grouped(view.duplicates)} duplicates`,
    `  freshness         attributed click ${seconds(view.clickDelayMs)} after the click, window ${seconds(view.windowDelayMs)} after its end`,
    ...view.notices.map((notice) => `  ! ${notice}`),
    '',
  ];
  const room = Math.max(MIN_TABLE_ROWS, size.rows - head.length - 3);
  const shown = view.campaigns.slice(0, room);
  const table =
    shown.length === 0
      ? ['  (no window has closed yet)']
      : [
          `  ${row(COLUMNS.map(([title]) => title))}   to ${view.latestWindowEnd.slice(11, 19)} UTC`,
          ...shown.map((campaign) => {
            const cells = [
              printable(campaign.campaign),
              grouped(campaign.impressions),
              grouped(campaign.clicks),
              percent(campaign.ctr),
              percent(campaign.lastWindowCtr),
              grouped(campaign.attributed),
            ];
            return `  ${row(cells)}`;
          }),
        ];
  const hidden = view.campaigns.length - shown.length;
  if (hidden > 0) table.push(`  ... and ${hidden} more campaigns`);
  return [...head, ...table].map((line) => line.slice(0, Math.max(20, size.columns)));
}
