import { INVALID_REASONS, type FraudRule, type InvalidReason } from '@ad-analytics/event-schemas';
import { SAMPLE_SETTINGS, at, click, impression } from './sample-events';
import type { FraudSettings } from '@ad-analytics/pipeline-settings';
import { BOT, expectedResults, repeat } from './sample-check';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

const IP = '1.1.1.1';
const rules = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  [...new Set(rows.map((row) => `${row['rule']} ${row['actor_type']} ${row['actor_id']}`))].sort();

describe('fraud_alert', () => {
  it('finds more than ten clicks per minute of an address and of a user in each sliding window that contains them', async () => {
    // With unequal gaps, because equal gaps would be another finding.
    const clicks = (n: number) => repeat(n, (k) => click(`k${k}`, 'i1', 60 + (k * k) / 10, { ip: IP }));
    const seen = [{ event: impression('i1', 59) }];
    expect(await expectedResults('fraud_alert', seen, clicks(10))).toEqual([]);
    const rows = await expectedResults('fraud_alert', seen, clicks(11));
    expect(rules(rows)).toEqual([`click_velocity_ip ip ${IP}`, 'click_velocity_user user u1']);
    // Clicks at 60 to 70 s: all are in the windows that start at 20, 30, 40, 50 and 60 s (the window from 10 s ends before 70).
    const starts = rows.filter((row) => row['rule'] === 'click_velocity_ip').map((row) => row['window_start']);
    expect(starts.sort()).toEqual([20, 30, 40, 50, 60].map(at));
    expect(rows[0]).toMatchObject({ observed: 11, threshold: 10, severity: 'medium' });
  });

  it('evaluates each window with the rules that were active when it ended', async () => {
    const clicks = repeat(8, (k) => click(`k${k}`, 'i1', 60 + k * k, { ip: IP }));
    const seen = [{ event: impression('i1', 59) }];
    const of = (clickVelocityThreshold: number) => ({ ...SAMPLE_SETTINGS.fraud, clickVelocityThreshold });
    const ends = async (now: number, ...earlier: readonly { fraud: FraudSettings; until: number }[]) =>
      (await expectedResults('fraud_alert', seen, clicks, of(now), earlier))
        .filter((row) => row['rule'] === 'click_velocity_ip')
        .map((row) => row['window_end'])
        .sort();
    expect(await ends(5)).toEqual([90, 100, 110, 120].map(at));
    // The window that ends at 110 s is reported at 109.999 s.
    const until = Date.parse(at(110)) - 1;
    expect(await ends(5, { fraud: of(10), until: until - 1 })).toEqual([110, 120].map(at));
    expect(await ends(5, { fraud: of(10), until })).toEqual([120].map(at));
    expect(await ends(10, { fraud: of(5), until })).toEqual([90, 100, 110].map(at));
  });

  it('grades three times the threshold as high', async () => {
    const seen = [{ event: impression('i1', 59) }];
    const clicks = (n: number) => repeat(n, (k) => click(`k${k}`, 'i1', 60 + (k * k) / 100));
    const severities = async (n: number) =>
      new Set((await expectedResults('fraud_alert', seen, clicks(n))).map((row) => row['severity']));
    expect(await severities(29)).toEqual(new Set(['medium']));
    expect(await severities(30)).toEqual(new Set(['high']));
  });

  it('finds clicks without an impression', async () => {
    const burst = (n: number) => repeat(n, (k) => click(`k${k}`, 'none', 60 + k * k, { ip: IP }));
    expect(await expectedResults('fraud_alert', [], burst(5))).toEqual([]);
    expect(rules(await expectedResults('fraud_alert', [], burst(6)))).toEqual([`unattributed_burst ip ${IP}`]);
  });

  it('finds floods of impressions, with the higher limit for addresses', async () => {
    const flood = repeat(121, (k) => impression(`i${k}`, 60, { ip: IP }));
    expect(rules(await expectedResults('fraud_alert', flood, []))).toEqual(['impression_flood user u1']);
    const ofMany = repeat(301, (k) => impression(`i${k}`, 60, { ip: IP, user_id: `u${k % 10}` }));
    expect(rules(await expectedResults('fraud_alert', ofMany, []))).toEqual([`impression_flood ip ${IP}`]);
  });

  it('finds users with a click-through rate of one half, if they have enough impressions', async () => {
    const see = (n: number) => repeat(n, (k) => impression(`i${k}`, 60 + 15 * k));
    const clicked = (n: number) => repeat(n, (k) => click(`k${k}`, `i${k}`, 61 + 15 * k));
    const abnormal = async (seen: number, clicks: number) =>
      (await expectedResults('fraud_alert', see(seen), clicked(clicks))).filter(
        (row) => row['rule'] === 'abnormal_ctr',
      );
    const found = await abnormal(10, 6);
    expect(rules(found)).toEqual(['abnormal_ctr user u1']);
    expect(found[0]).toMatchObject({ observed: 0.6, threshold: 0.5, severity: 'medium' });
    expect(await abnormal(10, 5)).toEqual([]);
    expect(await abnormal(9, 9)).toEqual([]);
    expect((await abnormal(10, 15))[0]).toMatchObject({ observed: 1.5, severity: 'high' });
  });

  it('finds many users behind one address', async () => {
    const users = (n: number) => repeat(n, (k) => impression(`i${k}`, 60 + 10 * k, { ip: IP, user_id: `u${k}` }));
    expect(await expectedResults('fraud_alert', users(20), [])).toEqual([]);
    // Twenty users with later events still count as twenty.
    const again = repeat(40, (k) => impression(`i${k}`, 60 + 10 * k, { ip: IP, user_id: `u${k % 20}` }));
    expect(await expectedResults('fraud_alert', again, [])).toEqual([]);
    const rows = await expectedResults('fraud_alert', users(21), []);
    expect(rules(rows)).toEqual([`id_fan_out ip ${IP}`]);
    expect(rows[0]).toMatchObject({ observed: 21, threshold: 20, severity: 'medium' });
  });

  it('finds known bots with an address', async () => {
    const rows = await expectedResults(
      'fraud_alert',
      [
        { event: impression('i1', 60, { user_agent: BOT }) },
        { event: impression('i2', 61, { user_agent: BOT, ip: '::1' }) },
      ],
      [{ event: click('k1', 'none', 62, { user_agent: BOT, ip: '::1' }) }],
    );
    expect(rows).toMatchObject([{ rule: 'known_bot', actor_id: '::1', observed: 2, threshold: 0, severity: 'low' }]);
    expect(rows).toMatchObject([{ window_start: at(60), window_end: at(120) }]);
  });

  it('uses windows and thresholds of the settings', async () => {
    const clicks = repeat(3, (k) => click(`k${k}`, 'i1', 60 + (k * k) / 10));
    const rows = await expectedResults('fraud_alert', [{ event: impression('i1', 59) }], clicks, {
      shortWindowSeconds: 4,
      shortSlideSeconds: 2,
      clickVelocityThreshold: 2,
    });
    expect(rows.map((row) => [row['window_start'], row['window_end']]).sort()).toEqual([
      [at(58), at(62)],
      [at(60), at(64)],
    ]);
    expect(rows[0]).toMatchObject({ rule: 'click_velocity_user', observed: 3, threshold: 2 });
  });

  it('leaves out the alerts of a rule that is switched off', async () => {
    const clicks = repeat(11, (k) => click(`k${k}`, 'none', 60 + (k * k) / 10, { ip: IP, user_agent: BOT }));
    const all = rules(await expectedResults('fraud_alert', [], clicks));
    expect(all).toEqual([
      `click_velocity_ip ip ${IP}`,
      'click_velocity_user user u1',
      `known_bot ip ${IP}`,
      `unattributed_burst ip ${IP}`,
    ]);
    for (const alert of all) {
      const rule = alert.split(' ')[0] as FraudRule;
      const alertsEnabled = { ...SAMPLE_SETTINGS.fraud.alertsEnabled, [rule]: false };
      const rows = await expectedResults('fraud_alert', [], clicks, { alertsEnabled });
      expect(rules(rows)).toEqual(all.filter((other) => other !== alert));
    }
  });

  it('leaves out a reason that is switched off, and counts the click as valid without it', async () => {
    const pixel = [{ event: impression('i1', 60, { width: 1, height: 1 }) }];
    const clicks = [0, 0.1].map((after, k) => ({ event: click(`k${k}`, 'i1', 60 + after, { user_agent: BOT }) }));
    const reasons = async (off: readonly InvalidReason[]) => {
      const reasonsEnabled = {
        ...SAMPLE_SETTINGS.fraud.reasonsEnabled,
        ...Object.fromEntries(off.map((reason) => [reason, false])),
      };
      const attributed = await expectedResults('attributed_click', pixel, clicks, { reasonsEnabled });
      const [settled] = await expectedResults('attribution_metrics', pixel, clicks, { reasonsEnabled });
      return {
        reasons: attributed.map((row) => row['invalid_reasons']).sort(),
        valid: settled?.['valid_clicks'],
      };
    };
    const [duplicate, ...others] = INVALID_REASONS;
    expect((await reasons([])).reasons.map((list) => (list as string[]).length).sort()).toEqual([3, 4]);
    for (const off of INVALID_REASONS) expect(JSON.stringify((await reasons([off])).reasons)).not.toContain(off);
    expect(await reasons(others)).toEqual({ reasons: [[], [duplicate]], valid: 1 });
    expect(await reasons(INVALID_REASONS)).toEqual({ reasons: [[], []], valid: 2 });
  });

  it('takes the lowest id in UTF-8 for the first of two clicks at the same time', async () => {
    // In UTF-16, as in strings of JavaScript and Java, their order is the opposite.
    const ids = ['\u{1F600}', '\uFF21'];
    const clicks = ids.map((id) => ({ event: click(id, 'i1', 65) }));
    const attributed = await expectedResults('attributed_click', [{ event: impression('i1', 60) }], clicks);
    expect(attributed.map((row) => [row['click_id'], row['invalid_reasons']])).toEqual(
      expect.arrayContaining([
        ['\uFF21', []],
        ['\u{1F600}', ['duplicate_click']],
      ]),
    );
  });
});
