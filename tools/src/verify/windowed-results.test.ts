import type { RecordType } from '@ad-analytics/event-schemas';
import { SAMPLE_SETTINGS, type SampleRecord, at, click, impression, sampleInput, sampleResults } from './sample-events';
import { verifyLedger } from './verify-ledger';

// A database each time: slow on a busy machine, which is no failure.
jest.setTimeout(120_000);

const repeat = (n: number, event: (k: number) => object): SampleRecord[] =>
  Array.from({ length: n }, (_, k) => ({ event: event(k) }));

/** @returns the results expected of a type */
async function expected(type: RecordType, impressions: SampleRecord[], clicks: SampleRecord[]) {
  const ledger = await verifyLedger(
    { impressions: sampleInput(impressions), clicks: sampleInput(clicks) },
    sampleResults([]),
    SAMPLE_SETTINGS,
    { types: [type], examples: 1_000, knownBots: (userAgent) => userAgent === 'bot' },
  );
  return ledger.types[0]?.examples.missing ?? [];
}

describe('user_engagement', () => {
  it('weighs by the age at the end of each sliding window', async () => {
    // At 60 s: in the five windows that end at 120 s (age 60 s) to 360 s (age 300 s).
    const rows = await expected(
      'user_engagement',
      [{ event: impression('i1', 60) }],
      [{ event: click('k1', 'i1', 60.6) }],
    );
    const scores = new Map(rows.map((row) => [row['window_end'], row]));
    expect([...scores.keys()].sort()).toEqual([120, 180, 240, 300, 360].map(at));
    // Half-life 150 s: 2^(-300/150) + 10 * 2^(-299.4/150) = 0.25 + 2.506944 points.
    const score = 100 * (1 - Math.exp(-(0.25 + 2.506944) / 20));
    expect(scores.get(at(360))).toMatchObject({ user_id: 'u1', impressions: 1, clicks: 1, distinct_campaigns: 1 });
    expect(scores.get(at(360))?.['score']).toBeCloseTo(score, 2);
  });

  it('counts every accepted click, but scores and compares campaigns by valid attributed ones only', async () => {
    const rows = await expected(
      'user_engagement',
      [{ event: impression('i1', 60) }, { event: impression('i2', 60, { campaign_id: 'c2' }) }],
      [
        { event: click('k1', 'i1', 60.1, { campaign_id: 'c3' }) },
        { event: click('k2', 'nothing', 60.2, { campaign_id: 'c4' }) },
      ],
    );
    const last = rows.find((row) => row['window_end'] === at(360));
    expect(last).toMatchObject({ impressions: 2, clicks: 2, distinct_campaigns: 4 });
    expect(last?.['score']).toBeCloseTo(100 * (1 - Math.exp(-(2 * 0.25 + 2 * 1) / 20)), 2);
  });
});

describe('fraud_alert', () => {
  const rules = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    [...new Set(rows.map((row) => `${row['rule']} ${row['actor_type']} ${row['actor_id']}`))].sort();

  it('finds more than ten clicks a minute, of an address and of a user, in each window that slides over them', async () => {
    const clicks = (n: number) => repeat(n, (k) => click(`k${k}`, 'i1', 60 + k, { ip: '1.1.1.1' }));
    const seen = [{ event: impression('i1', 59) }];
    expect(await expected('fraud_alert', seen, clicks(10))).toEqual([]);
    const rows = await expected('fraud_alert', seen, clicks(11));
    expect(rules(rows)).toEqual(['click_velocity_ip ip 1.1.1.1', 'click_velocity_user user u1']);
    // Clicks at 60 to 70 s: all in the windows that start at 20, 30, 40, 50 and 60 s (the one from 10 s ends before 70).
    const starts = rows.filter((row) => row['rule'] === 'click_velocity_ip').map((row) => row['window_start']);
    expect(starts.sort()).toEqual([20, 30, 40, 50, 60].map(at));
    expect(rows[0]).toMatchObject({ observed: 11, threshold: 10, severity: 'medium' });
  });

  it('grades three times the threshold as high', async () => {
    const seen = [{ event: impression('i1', 59) }];
    const rows = await expected(
      'fraud_alert',
      seen,
      repeat(30, (k) => click(`k${k}`, 'i1', 60 + k / 10)),
    );
    expect(new Set(rows.map((row) => row['severity']))).toEqual(new Set(['high']));
  });

  it('finds clicks that belong to nothing', async () => {
    const rows = await expected(
      'fraud_alert',
      [],
      repeat(6, (k) => click(`k${k}`, 'none', 60 + k, { ip: '1.1.1.1' })),
    );
    expect(rules(rows)).toEqual(['unattributed_burst ip 1.1.1.1']);
  });

  it('finds floods of impressions, with the higher limit for addresses', async () => {
    const flood = repeat(121, (k) => impression(`i${k}`, 60, { ip: '1.1.1.1' }));
    expect(rules(await expected('fraud_alert', flood, []))).toEqual(['impression_flood user u1']);
    const ofMany = repeat(301, (k) => impression(`i${k}`, 60, { ip: '1.1.1.1', user_id: `u${k % 10}` }));
    expect(rules(await expected('fraud_alert', ofMany, []))).toEqual(['impression_flood ip 1.1.1.1']);
  });

  it('finds users who click half of what they see, if that is enough to tell', async () => {
    const see = (n: number) => repeat(n, (k) => impression(`i${k}`, 60 + 15 * k));
    const clicked = (n: number) => repeat(n, (k) => click(`k${k}`, `i${k}`, 61 + 15 * k));
    const abnormal = async (seen: number, clicks: number) =>
      rules(await expected('fraud_alert', see(seen), clicked(clicks))).filter((rule) => rule.startsWith('abnormal'));
    expect(await abnormal(10, 6)).toEqual(['abnormal_ctr user u1']);
    expect(await abnormal(10, 5)).toEqual([]);
    expect(await abnormal(9, 9)).toEqual([]);
  });

  it('finds many users behind one address', async () => {
    const users = (n: number) =>
      repeat(n, (k) => impression(`i${k}`, 60 + 10 * k, { ip: '1.1.1.1', user_id: `u${k}` }));
    expect(await expected('fraud_alert', users(20), [])).toEqual([]);
    // Twenty users who come back minutes later are still twenty.
    const again = repeat(40, (k) => impression(`i${k}`, 60 + 10 * k, { ip: '1.1.1.1', user_id: `u${k % 20}` }));
    expect(await expected('fraud_alert', again, [])).toEqual([]);
    const rows = await expected('fraud_alert', users(21), []);
    expect(rules(rows)).toEqual(['id_fan_out ip 1.1.1.1']);
    expect(rows[0]).toMatchObject({ observed: 21, threshold: 20, severity: 'medium' });
  });

  it('finds known bots with an address', async () => {
    const rows = await expected(
      'fraud_alert',
      [
        { event: impression('i1', 60, { user_agent: 'bot' }) },
        { event: impression('i2', 61, { user_agent: 'bot', ip: '::1' }) },
      ],
      [{ event: click('k1', 'none', 62, { user_agent: 'bot', ip: '::1' }) }],
    );
    expect(rows).toMatchObject([{ rule: 'known_bot', actor_id: '::1', observed: 2, threshold: 0, severity: 'high' }]);
  });
});
