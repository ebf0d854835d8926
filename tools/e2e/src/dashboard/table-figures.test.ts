import type { ResultRecord } from '@ad-analytics/event-schemas';
import { at, result } from '@ad-analytics/verify/sample-events';
import { differences, expectedOfAll, expectedOfCampaign, expectedRanking } from './page-figures';
import { tableFigures } from './table-figures';

const record = (...args: Parameters<typeof result>) => result(...args) as ResultRecord;
const WINDOW = { window_start: at(0), window_end: at(10) };
const IDS = { impression_id: 'i', user_id: 'u', campaign_id: 'a', ad_id: 'x', publisher_id: 'p' };
const metrics = (dimension: string, key: string, impressions: number, clicks: number) =>
  record('campaign_metrics', `${dimension}:${key}`, at(10), {
    ...{ dimension, key, ...WINDOW, impressions, clicks, ctr: clicks / impressions },
    ...{ cost_micros: 2_500_000, unique_users: 1 },
  });
const click = (id: string, invalid: readonly string[]) =>
  record('attributed_click', id, at(5), {
    ...{ click_id: id, ...IDS, device_type: null, country: null, impression_time: at(1), click_time: at(5) },
    ...{ time_to_click_ms: 4_000, cost_micros: null, invalid_reasons: invalid },
  });
const alert = (start: number, actor: string) =>
  record('fraud_alert', `${start}:${actor}`, at(start + 60), {
    ...{ rule: 'click_velocity_ip', actor_type: 'ip', actor_id: actor, window_start: at(start) },
    ...{ window_end: at(start + 60), observed: 12, threshold: 10, severity: 'medium' },
  });

const RECORDS = [
  metrics('campaign', 'a', 1_000, 30),
  metrics('campaign', 'b', 500, 1),
  metrics('ad', 'x', 1_500, 31),
  click('1', []),
  click('2', ['known_bot']),
  record('unattributed_click', '3', at(5), { click_id: '3', ...IDS, click_time: at(5) }),
  record('attribution_metrics', 'a', at(10), {
    ...{ campaign_id: 'a', ...WINDOW, impressions: 1_000, attributed_clicks: 2, valid_clicks: 1 },
    ...{ ctr: 0.002, valid_ctr: 0.001, cost_micros: 0 },
  }),
  record('late_event', 's:0', at(1), { source: 'click', event_id: '9', event_time: at(1), lateness_ms: 9_000 }),
  record('rejected_event', 's:1', at(1), { source: 'impression', reason: 'JSON', raw: '', raw_length: 0 }),
  ...[alert(0, '10.0.0.1'), alert(10, '10.0.0.1'), alert(0, '10.0.0.2')],
  record('user_engagement', 'u', at(300), {
    ...{ user_id: 'u', window_start: at(0), window_end: at(300), impressions: 1, clicks: 0, distinct_campaigns: 1 },
    score: 3,
  }),
];

it('adds up each figure of the page from the records of the table', async () => {
  const figures = await tableFigures(RECORDS);
  expect(expectedOfCampaign(figures.total)).toEqual({
    Impressions: '1,500',
    Clicks: '31',
    'Gross CTR': '2.07%',
    'Net CTR': '0.10%',
    Spend: '$5.00',
    'Funnel: impressions': '1,500',
    'Funnel: clicks': '31',
    'Funnel: attributed': '2',
    'Funnel: valid': '1',
    'Funnel: unattributed': '1',
  });
  expect(expectedOfCampaign(figures.byCampaign.get('b')!)).toMatchObject({ Impressions: '500', 'Net CTR': '–' });
  expect(expectedOfAll(figures)).toEqual({
    'Late impressions': '0',
    'Late clicks': '1',
    'Rejected impressions': '1',
    'Rejected clicks': '0',
    Alerts: '3',
    Incidents: '2',
  });
  expect(expectedRanking(figures, 1)).toEqual([['a', '1,000', '30', '3.00%', '0.10%', '$2.50']]);
  expect(figures.engagedUsers).toEqual(new Map([[at(0), 1]]));
});

it('reports a figure that differs, and one that is missing', () => {
  expect(differences({ Clicks: '30', Other: '1' }, { Clicks: '31', Spend: '$5.00' })).toEqual([
    'Clicks: 30 on the page, 31 in the table',
    'Spend: nothing on the page, $5.00 in the table',
  ]);
});
