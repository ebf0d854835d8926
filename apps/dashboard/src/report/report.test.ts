import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import {
  alertOf,
  clickOf,
  engagementOf,
  lateOf,
  rejectedOf,
  settledOf,
  trafficOf,
  unattributedOf,
  WINDOW_MS,
} from '../../test/sample-results';
import type { Books, ReportData } from './report-data';
import { reportHtml } from './report-html';
import { reportView } from './report-view';
import { ResultsDatabase } from './results-database';

const START = Date.parse('2026-11-20T10:00:00Z');
const HOSTILE = '</script><img src=x onerror=alert(1)>';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'a report '));
});
afterAll(() => rm(folder, { recursive: true }));

function viewOf(records: readonly ResultRecord[], books: Books | null = null) {
  const file = path.join(folder, "it's results.jsonl");
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const context = { source: 'results.jsonl', windowMs: WINDOW_MS, settlesAfterMs: 60_000, books, now: START };
  return ResultsDatabase.use(file, (database) => reportView(database, context));
}

const campaign = (start: number, key: string, impressions: number, clicks: number) =>
  trafficOf(start, 'campaign', key, { impressions, clicks });

describe('the figures of a report', () => {
  it('add up the whole run, and count a record once, with its last delivery', async () => {
    const view = await viewOf([
      campaign(START, 'c-1', 90, 1),
      campaign(START, 'c-1', 100, 4),
      campaign(START + 7_200_000, 'c-2', 300, 2),
      trafficOf(START, 'country', 'DE', { impressions: 400, clicks: 6 }),
      settledOf(START, 'c-1', { impressions: 100, attributed: 3, valid: 2 }),
      settledOf(START + 7_200_000, 'c-2', { impressions: 300, attributed: 2, valid: 2 }),
    ]);
    expect(view.totals).toMatchObject({ from: START, to: START + 7_240_000, impressions: 400, clicks: 6 });
    expect(view.totals).toMatchObject({ ctr: 6 / 400, net: { ctr: 4 / 400, settled: true } });
    expect(view.series?.times.length).toBeLessThanOrEqual(241);
    expect(view.series?.grossCtr.filter((ctr) => ctr !== null)).toEqual([4 / 100, 2 / 300]);
    expect(view.series?.settledCtr.filter((ctr) => ctr !== null)).toEqual([2 / 100, 2 / 300]);
    expect(view.rankings.campaign.rows.map(({ key, impressions }) => [key, impressions])).toEqual([
      ['c-2', 300],
      ['c-1', 100],
    ]);
    expect(view.rankings.campaign.rows[1]?.net).toEqual({ ctr: 2 / 100, settled: true });
    expect(view.rankings.country).toMatchObject({ keys: 1, rows: [{ key: 'DE', net: null }] });
  });

  it('show the funnel, events that do not count, and the engagement', async () => {
    const view = await viewOf([
      campaign(START, 'c-1', 10, 4),
      clickOf('k1', START + 1),
      clickOf('k2', START + 2, { invalid_reasons: ['known_bot', 'too_fast_click'] }),
      unattributedOf('k3', START + 3),
      lateOf('1', START, 'click'),
      rejectedOf('1', START, 'impression', 'ip_address: is missing'),
      rejectedOf('2', START, 'impression', 'ip_address: is missing'),
      engagementOf(START, 'u-1', { score: 100 }),
      engagementOf(START, 'u-2', { score: 5 }),
      engagementOf(START + 60_000, 'u-1'),
    ]);
    expect(view.funnel).toMatchObject({ impressions: 10, clicks: 4, attributed: 2, valid: 1, unattributed: 1 });
    expect(view.funnel.invalidReasons).toEqual([
      ['known_bot', 1],
      ['too_fast_click', 1],
    ]);
    expect(view.quality).toEqual({
      late: { impressions: 0, clicks: 1 },
      rejected: { impressions: 2, clicks: 0 },
      rejectedReasons: [['ip_address: is missing', 2]],
    });
    expect(view.engagement).toMatchObject({ windowStart: START, users: 2 });
    expect(view.engagement?.histogram).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(view.engagement?.top.map(({ userId }) => userId)).toEqual(['u-1', 'u-2']);
  });

  it('combine the windows of an actor into one incident, and count the incidents that are not listed', async () => {
    const others = Array.from({ length: 210 }, (_, index) =>
      alertOf(START + 60_000, { actor_id: `192.0.2.${index}`, severity: 'low' }),
    );
    const { alerts } = await viewOf([
      ...others,
      alertOf(START + 120_000, { actor_id: 'worst', observed: 70, severity: 'high' }),
      alertOf(START + 180_000, { actor_id: 'worst', observed: 30, severity: 'medium' }),
    ]);
    expect(alerts).toMatchObject({ alerts: 212, incidentCount: 211, bySeverity: { low: 210, medium: 1, high: 1 } });
    expect(alerts.incidents).toHaveLength(50);
    expect(alerts.incidents[0]).toMatchObject({ actorId: 'worst', severity: 'high', observed: 30, windows: 2 });
    expect(alerts.incidents[0]).toMatchObject({ since: START + 120_000, windowEnd: START + 180_000 });
  });

  it('are missing if no event was accepted, and the reasons for rejections are shown', async () => {
    const view = await viewOf([rejectedOf('1', START, 'click', 'is not JSON')]);
    expect(view).toMatchObject({ totals: null, series: null, engagement: null });
    expect(view.quality.rejected).toEqual({ impressions: 0, clicks: 1 });
    expect((await viewOf([])).totals).toBeNull();
  });

  it('keep identifiers with any text', async () => {
    const ids = [HOSTILE, '\u0000 nul', '\u202e rtl', "it's", '😀'.repeat(128)];
    const view = await viewOf(ids.map((id) => campaign(START, id, 1, 0)));
    expect(view.rankings.campaign.rows.map(({ key }) => key).sort()).toEqual([...ids].sort());
  });
});

describe('the page of a report', () => {
  it('contains the data as JSON that an identifier cannot end, and loads no other file', async () => {
    const data: ReportData = { view: await viewOf([campaign(START, HOSTILE, 1, 0)]), books: null, verdict: null };
    const html = reportHtml(data, { script: 'run("$&")', style: '' });
    const json = /<script type="application\/json" id="report">(.*)<\/script>/.exec(html)?.[1] ?? '';
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)));
    expect(html).toContain('run("$&")');
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]* (src|href)=/);
  });
});
