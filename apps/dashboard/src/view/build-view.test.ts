import {
  alertOf,
  clickOf,
  engagementOf,
  lateOf,
  rejectedOf,
  settledOf,
  trafficOf,
  unattributedOf,
} from '../../test/sample-results';
import { SETTINGS } from '../../test/test-dashboard';
import { Dashboard, type DashboardOptions } from '../dashboard';
import { InMemoryResults } from '../results/in-memory-results';
import type { ResultsReader } from '../results/results-reader';
import type { DashboardView, ViewFilter } from './view';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
/** Start of the newest window. */
const NEWEST = NOW - 20_000;

let results: InMemoryResults;
let dashboard: Dashboard;
let now: number;
beforeEach(() => {
  now = NOW;
  results = new InMemoryResults();
  dashboard = new Dashboard(options());
});
const options = (): DashboardOptions => ({
  reader: results,
  settings: SETTINGS,
  source: 'memory',
  flink: { look: async () => ({ available: false, reason: 'none' }) },
  pollMs: 1_000,
  staleAfterMs: 30_000,
  now: () => now,
});
async function viewAfterPolls(filter: Partial<ViewFilter> = {}): Promise<DashboardView> {
  do await dashboard.poll();
  while (dashboard.view({ minutes: 5 }).status.state === 'starting' || !dashboard.view({ minutes: 5 }).status.caughtUp);
  await dashboard.poll();
  return dashboard.view({ minutes: 15, ...filter });
}
const traffic = (start: number, key: string, impressions: number, clicks: number) =>
  trafficOf(start, 'campaign', key, { impressions, clicks });

describe('the view', () => {
  it('adds up the windows of the range, for all campaigns and for one', async () => {
    results.put(traffic(NEWEST, 'a', 100, 4), traffic(NEWEST, 'b', 50, 1), traffic(NEWEST - 600_000, 'a', 10, 1));
    results.put(traffic(NEWEST - 3_000_000, 'a', 1_000, 10));
    const all = await viewAfterPolls();
    expect(all.totals).toMatchObject({ impressions: 160, clicks: 6, ctr: 6 / 160, costMicros: 320_000 });
    expect(dashboard.view({ minutes: 5, campaign: 'a' }).totals).toMatchObject({ impressions: 100, clicks: 4 });
    expect(dashboard.view({ minutes: 60 }).totals).toMatchObject({ impressions: 1_160 });
    expect(all.campaigns).toEqual(['a', 'b']);
    expect(all.rankings.campaign.rows.map(({ key, impressions }) => [key, impressions])).toEqual([
      ['a', 110],
      ['b', 50],
    ]);
  });

  it('counts a click once in the net rate, even if its impression was in the previous window', async () => {
    const before = NEWEST - 10_000;
    results.put(traffic(before, 'a', 10, 0), settledOf(before, 'a', { impressions: 10, attributed: 1, valid: 1 }));
    results.put(traffic(NEWEST, 'a', 0, 1), clickOf('1', NEWEST + 1, { campaign_id: 'a' }));
    results.put(traffic(NEWEST, 'b', 10, 0), settledOf(NEWEST, 'b', { impressions: 10, attributed: 0, valid: 0 }));
    await viewAfterPolls();
    const { totals } = dashboard.view({ minutes: 15, campaign: 'a' });
    expect(totals!.net).toEqual({ ctr: 0.1, settled: true });
  });

  it('immediately shows results that a drained job has written early', async () => {
    results.put(traffic(NEWEST, 'a', 100, 8), settledOf(NEWEST, 'a', { impressions: 100, attributed: 7, valid: 5 }));
    results.put(alertOf(NOW + 10_000, { actor_id: 'soon' }), alertOf(NOW + 500_000, { actor_id: 'much later' }));
    const { totals, alerts } = await viewAfterPolls();
    expect(totals!.net).toEqual({ ctr: 0.05, settled: true });
    expect(alerts.alerts).toBe(2);
  });

  it('uses valid clicks for the net rate until the window is settled, then the settled rate', async () => {
    const old = NEWEST - 660_000;
    results.put(traffic(old, 'a', 100, 8), settledOf(old, 'a', { impressions: 100, attributed: 7, valid: 5 }));
    results.put(clickOf('1', old + 1, { campaign_id: 'a' }));
    results.put(traffic(NEWEST, 'a', 100, 3));
    for (const id of ['2', '3']) results.put(clickOf(id, NEWEST + 5, { campaign_id: 'a' }));
    results.put(clickOf('4', NEWEST + 5, { campaign_id: 'a', invalid_reasons: ['known_bot'] }));
    const { series, totals, rankings } = await viewAfterPolls();
    expect(series!.settledCtr.filter((ctr) => ctr !== null)).toEqual([0.05]);
    expect(series!.provisionalCtr.filter((ctr) => ctr !== null)).toEqual([0.02]);
    expect(totals!.net).toEqual({ ctr: 7 / 200, settled: false });
    expect(rankings.campaign.rows[0]?.net?.settled).toBe(false);
  });

  it('is settled when every window of the range is', async () => {
    const old = NEWEST - 660_000;
    results.put(traffic(old, 'a', 10, 1), settledOf(old, 'a', { impressions: 10, attributed: 1, valid: 1 }));
    expect((await viewAfterPolls()).totals!.net).toEqual({ ctr: 0.1, settled: true });
  });

  it('shows the outcome of the clicks', async () => {
    results.put(traffic(NEWEST, 'a', 100, 4), traffic(NEWEST, 'b', 10, 1));
    results.put(clickOf('1', NEWEST, { campaign_id: 'a' }), clickOf('2', NEWEST, { campaign_id: 'b' }));
    results.put(clickOf('3', NEWEST, { campaign_id: 'a', invalid_reasons: ['too_fast_click'] }));
    results.put(unattributedOf('4', NEWEST, 'a'), unattributedOf('5', NEWEST, 'a'));
    const { funnel } = await viewAfterPolls({ campaign: 'a' });
    expect(funnel).toEqual({
      impressions: 100,
      clicks: 4,
      attributed: 2,
      valid: 1,
      unattributed: 2,
      invalidReasons: [['too_fast_click', 1]],
    });
  });

  it('combines the alerts of an actor into one incident, with the newest evidence', async () => {
    results.put(traffic(NEWEST, 'a', 1, 0));
    results.put(alertOf(NEWEST, { actor_id: '10.0.0.1', observed: 40, severity: 'high' }));
    results.put(alertOf(NEWEST + 10_000, { actor_id: '10.0.0.1', observed: 12 }));
    results.put(alertOf(NEWEST + 15_000, { actor_id: '10.0.0.2', observed: 11 }));
    const { alerts } = await viewAfterPolls();
    expect(alerts).toMatchObject({ alerts: 3, incidentCount: 2, bySeverity: { high: 1, medium: 2, low: 0 } });
    expect(alerts.incidents[0]).toMatchObject({ actorId: '10.0.0.2', windows: 1 });
    expect(alerts.incidents[1]).toMatchObject({
      actorId: '10.0.0.1',
      observed: 12,
      severity: 'high',
      windows: 2,
      since: NEWEST,
      windowEnd: NEWEST + 10_000,
    });
  });

  it('counts late events by arrival time, and rejected ones with their reasons', async () => {
    results.put(traffic(NEWEST, 'a', 1, 0));
    results.put(lateOf('1', NEWEST, 'impression', 86_400_000), lateOf('2', NEWEST, 'click'));
    results.put(rejectedOf('3', NEWEST, 'click', 'user_id: is missing'));
    const { quality } = await viewAfterPolls();
    expect(quality).toEqual({
      late: { impressions: 1, clicks: 1 },
      rejected: { impressions: 0, clicks: 1 },
      rejectedReasons: [['user_id: is missing', 1]],
    });
  });

  it('shows the newest window of the scores', async () => {
    const start = NOW - (NOW % 60_000) - 360_000;
    results.put(engagementOf(start, 'u1', { score: 90 }), engagementOf(start - 60_000, 'u2', { score: 95 }));
    const { engagement } = await viewAfterPolls();
    expect(engagement).toMatchObject({ windowStart: start, windowEnd: start + 300_000, users: 1 });
    expect(engagement?.top).toEqual([{ userId: 'u1', score: 90, impressions: 4, clicks: 1, campaigns: 2 }]);
  });

  it('gives the rate over the newest windows', async () => {
    for (let back = 0; back < 6; back += 1) results.put(traffic(NEWEST - back * 10_000, 'a', 200, 10));
    results.put(alertOf(NOW, { actor_id: '10.0.0.1' }));
    const { pipeline } = await viewAfterPolls();
    expect(pipeline).toMatchObject({ impressionsPerSecond: 20, clicksPerSecond: 1 });
  });

  it('does not wait for a slow series', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: ResultsReader = {
      read: async (series, range, limit) => {
        if (series === 'user_engagement') await held;
        return results.read(series, range, limit);
      },
    };
    dashboard = new Dashboard({ ...options(), reader: slow, pollMs: 1 });
    results.put(traffic(NEWEST, 'a', 100, 4));
    const stop = new AbortController();
    const impressions = async (wanted: number) => {
      while (dashboard.view({ minutes: 5 }).totals?.impressions !== wanted) await new Promise(setImmediate);
    };
    const running = dashboard.run(stop.signal, () => {});
    await impressions(100);
    results.put(traffic(NEWEST, 'b', 50, 1));
    await impressions(150);
    expect(dashboard.view({ minutes: 5 }).status).toMatchObject({ state: 'live', problem: null });
    release();
    stop.abort();
    await running;
  });

  it('ends at once while a read does not return', async () => {
    const stop = new AbortController();
    const reader: ResultsReader = { read: () => new Promise(() => {}) };
    const running = new Dashboard({ ...options(), reader }).run(stop.signal, () => {});
    await new Promise(setImmediate);
    stop.abort();
    await running;
  });

  it('goes from empty to live, stale and error', async () => {
    expect(dashboard.view({ minutes: 5 }).status.state).toBe('starting');
    expect((await viewAfterPolls()).status.state).toBe('empty');
    results.put(traffic(NEWEST, 'a', 1, 0));
    await dashboard.poll();
    expect(dashboard.view({ minutes: 5 }).status.state).toBe('live');
    now += 31_000;
    await dashboard.poll();
    const stale = dashboard.view({ minutes: 5 });
    expect(stale.status).toMatchObject({ state: 'stale', lastResultAt: NOW });
    expect(stale.totals?.impressions).toBe(1);
    results.failure = Object.assign(new Error('x'), { name: 'ResourceNotFoundException' });
    await dashboard.poll();
    expect(dashboard.view({ minutes: 5 }).status).toMatchObject({
      state: 'error',
      problem: 'The table does not exist yet.',
    });
  });

  it('shows an old run, with its age', async () => {
    results.put(traffic(NOW - 2_400_000, 'a', 5, 1));
    const { status, totals } = await viewAfterPolls();
    expect(status).toMatchObject({ state: 'stale', lastResultAt: NOW - 2_390_000 });
    expect(totals?.impressions).toBe(5);
  });
});
