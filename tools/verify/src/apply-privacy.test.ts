import { addressSuffix, userPseudonym } from '@ad-analytics/pseudonyms/pseudonyms';
import { SAMPLE_SETTINGS, at, click, impression, result, sampleInput, sampleResults } from './sample-events';
import { verifyLedger } from './verify-ledger';

// A database each time: slow on a busy machine, which is not a failure.
jest.setTimeout(120_000);

const KEY = Buffer.from('k23456789012345678901234567890ab');
const ADDRESSES = ['203.0.113.7', '203.0.113.8'];
const BOT = 'a bot';
const IMPRESSIONS = sampleInput([
  { event: impression('i1', 10) },
  ...ADDRESSES.map((ip, at) => ({ event: impression(`b${at}`, 11, { ip, user_agent: BOT, user_id: 'u2' }) })),
  { event: 'nonsense' },
]);
const CLICKS = sampleInput([{ event: click('k1', 'i1', 15) }, { event: click('k2', 'none', 16) }]);

const window = { window_start: at(0), window_end: at(60) };
const alerts = (actor: (ip: string) => string, id: (ip: string) => string) =>
  ADDRESSES.map((ip) =>
    result('fraud_alert', `known_bot:ip:${at(0)}:${id(ip)}`, at(60), {
      rule: 'known_bot',
      actor_type: 'ip',
      actor_id: actor(ip),
      ...window,
      observed: 1,
      threshold: 0,
      severity: 'low',
    }),
  );
const clicksOf = (user: string) => {
  const ids = { campaign_id: 'c1', ad_id: 'a1', publisher_id: 'p1' };
  return [
    result('attributed_click', 'k1', at(15), {
      click_id: 'k1',
      impression_id: 'i1',
      user_id: user,
      ...ids,
      impression_time: at(10),
      click_time: at(15),
      time_to_click_ms: 5_000,
      invalid_reasons: [],
    }),
    result('unattributed_click', 'k2', at(16), {
      click_id: 'k2',
      impression_id: 'none',
      user_id: user,
      ...ids,
      click_time: at(16),
    }),
  ];
};
const rejected = (raw: string | null, reason: string) =>
  result('rejected_event', 'imps:s0:3', at(3_600), { source: 'impression', reason, raw, raw_length: 8 });

const PSEUDONYM = userPseudonym('u1', KEY);
const NETWORK = '203.0.113.0/24';
const CHANGED = [
  ...alerts(
    () => NETWORK,
    (ip) => `${NETWORK}:${addressSuffix(ip, KEY)}`,
  ),
  ...clicksOf(PSEUDONYM),
  rejected(null, 'not valid JSON'),
];

const types = ['fraud_alert', 'attributed_click', 'unattributed_click', 'rejected_event'] as const;
const verify = async (results: readonly object[], privacy: { hashUserIds: boolean; cutAddresses: boolean }) => {
  const settings = { ...SAMPLE_SETTINGS, privacy: { ...privacy, key: KEY } };
  const inputs = { impressions: IMPRESSIONS, clicks: CLICKS };
  const options = { types: [...types], knownBots: (userAgent: string) => userAgent === BOT };
  const ledger = await verifyLedger(inputs, sampleResults(results), settings, options);
  return Object.fromEntries(
    ledger.types.map(({ recordType, missing, extra, differing }) => [recordType, missing + extra + differing]),
  );
};
const AGREES = { fraud_alert: 0, attributed_click: 0, unattributed_click: 0, rejected_event: 0 };
const BOTH = { hashUserIds: true, cutAddresses: true };

it('agrees with results that have pseudonyms, networks and no rejected records', async () => {
  expect(await verify(CHANGED, BOTH)).toEqual(AGREES);
});

it('expects only what the settings change', async () => {
  const onlyUsers = [
    ...alerts(
      (ip) => ip,
      (ip) => ip,
    ),
    ...clicksOf(PSEUDONYM),
    rejected(null, 'not valid JSON'),
  ];
  expect(await verify(onlyUsers, { hashUserIds: true, cutAddresses: false })).toEqual(AGREES);
  const onlyAddresses = [...CHANGED.slice(0, 2), ...clicksOf('u1'), rejected(null, 'not valid JSON')];
  expect(await verify(onlyAddresses, { hashUserIds: false, cutAddresses: true })).toEqual(AGREES);
});

it('sees an original id, an original address, equal ids of alerts, and a record that was not withheld', async () => {
  const original = [
    ...alerts(
      (ip) => ip,
      (ip) => ip,
    ),
    ...clicksOf('u1'),
    rejected(Buffer.from('nonsense').toString('base64'), 'not valid JSON: nonsense'),
  ];
  expect(await verify(original, BOTH)).toEqual({
    fraud_alert: 4,
    attributed_click: 1,
    unattributed_click: 1,
    rejected_event: 1,
  });
  for (const quoting of ['not valid JSON: nonsense', 'not valid JSON; user_id: u1'])
    expect(await verify([...CHANGED.slice(0, -1), rejected(null, quoting)], BOTH)).toMatchObject({ rejected_event: 1 });
  const withoutSuffix = alerts(
    () => NETWORK,
    () => NETWORK,
  );
  expect(await verify([...withoutSuffix, ...CHANGED.slice(2)], BOTH)).toMatchObject({ fraud_alert: 3 });
});
