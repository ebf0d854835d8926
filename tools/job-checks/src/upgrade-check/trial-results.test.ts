import { result } from '@ad-analytics/verify/sample-events';
import { separateResults } from './trial-results';

const bytes = (record: object) => Buffer.from(JSON.stringify(record));
const alert = (rule: string) =>
  result('fraud_alert', `${rule}:ip:2024-06-03T10:00:00.000Z:1.1.1.1`, '2024-06-03T10:00:12.000Z', {
    rule,
    actor_type: 'ip',
    actor_id: '1.1.1.1',
    window_start: '2024-06-03T10:00:00.000Z',
    window_end: '2024-06-03T10:00:12.000Z',
    observed: 5,
    threshold: 3,
    severity: 'medium',
  });
const figure = (added: object) =>
  result('campaign_metrics', 'campaign:2024-06-03T10:00:00.000Z:c', '2024-06-03T10:00:10.000Z', {
    dimension: 'campaign',
    key: 'c',
    window_start: '2024-06-03T10:00:00.000Z',
    window_end: '2024-06-03T10:00:10.000Z',
    impressions: 3,
    clicks: 1,
    ctr: 1 / 3,
    cost_micros: 0,
    unique_users: 1,
    ...added,
  });

describe('separateResults', () => {
  it('separates the alerts of the added rule from those that they must equal', () => {
    const found = separateResults([bytes(alert('trial_rule')), bytes(alert('click_velocity_ip'))]);
    expect(found.trialAlerts).toEqual(found.alike);
    expect(found.alike[0]?.end).toBe(Date.parse('2024-06-03T10:00:12.000Z'));
    expect(found.plain).toEqual([bytes(alert('click_velocity_ip'))]);
  });

  it('removes the added field, and returns its value and the expected one', () => {
    const found = separateResults([bytes(figure({ events: 4 })), bytes(figure({}))]);
    expect(found.figures.map(({ value, expected }) => [value, expected])).toEqual([
      [4, 4],
      [undefined, 4],
    ]);
    expect(found.plain).toEqual([bytes(figure({})), bytes(figure({}))]);
  });

  it('refuses what is not a result', () => {
    expect(() => separateResults([bytes({ record_type: 'news' })])).toThrow(/not a result of the contract/);
  });
});
