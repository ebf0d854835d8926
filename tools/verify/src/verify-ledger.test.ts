import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { typeAgrees } from './ledger';
import {
  SAMPLE_SETTINGS,
  at,
  click,
  impression,
  result,
  sampleInput,
  sampleResults,
  withoutPositions,
} from './sample-events';
import { verifyLedger } from './verify-ledger';

// Each run creates a database, which can be slow on a busy machine.
jest.setTimeout(120_000);

/**
 * Events of all kinds. In seconds after noon: i1 at 10 (twice), i2 at 70, an impression 8 s behind i2 (late), an invalid record; clicks on
 * i1 at 15 (valid) and 15.2 (duplicate), on i2 after 0.3 s (too fast), without an impression, and before its impression.
 */
const IMPRESSIONS = sampleInput([
  { event: impression('i1', 10, { cost_micros: 500, country: 'DE', device_type: 'mobile', user_agent: 'browser' }) },
  { event: impression('i1', 10.5, { user_id: 'somebody else' }) },
  { event: impression('i2', 70, { user_id: 'u2', width: 1, height: 1 }) },
  { event: impression('i3', 62) },
  { event: 'nonsense' },
  { event: impression('i4', 70, { cost_micros: -1 }) },
  { event: impression('i5', 3_661) },
]);
const CLICKS = sampleInput([
  { event: click('k1', 'i1', 15, { user_agent: 'a bot', campaign_id: 'wrong campaign' }) },
  { event: click('k2', 'i1', 15.2) },
  { event: click('k2', 'i1', 15.2) },
  { event: click('k3', 'i2', 70.3, { user_id: 'u2' }) },
  { event: click('k4', 'unknown', 71) },
  { event: click('k5', 'i2', 69.9, { user_id: 'u2' }) },
]);

const OF_I1 = {
  impression_id: 'i1',
  user_id: 'u1',
  campaign_id: 'c1',
  ad_id: 'a1',
  publisher_id: 'p1',
  device_type: 'mobile',
  country: 'DE',
  impression_time: at(10),
  cost_micros: 500,
};
const ATTRIBUTED = [
  result('attributed_click', 'k1', at(15), {
    click_id: 'k1',
    ...OF_I1,
    click_time: at(15),
    time_to_click_ms: 5_000,
    invalid_reasons: ['known_bot'],
  }),
  result('attributed_click', 'k2', at(15.2), {
    click_id: 'k2',
    ...OF_I1,
    click_time: at(15.2),
    time_to_click_ms: 5_200,
    invalid_reasons: ['duplicate_click'],
  }),
  result('attributed_click', 'k3', at(70.3), {
    ...OF_I1,
    click_id: 'k3',
    impression_id: 'i2',
    user_id: 'u2',
    device_type: null,
    country: null,
    cost_micros: null,
    impression_time: at(70),
    click_time: at(70.3),
    time_to_click_ms: 300,
    invalid_reasons: ['too_fast_click', 'invalid_placement'],
  }),
];
const unattributed = (id: string, of: string, seconds: number, user: string) =>
  result('unattributed_click', id, at(seconds), {
    click_id: id,
    impression_id: of,
    user_id: user,
    campaign_id: 'c1',
    ad_id: 'a1',
    publisher_id: 'p1',
    click_time: at(seconds),
  });
const UNATTRIBUTED = [unattributed('k4', 'unknown', 71, 'u1'), unattributed('k5', 'i2', 69.9, 'u2')];

/** Minutes 0 and 1 after noon. */
const window = (minute: number) => ({ window_start: at(60 * minute), window_end: at(60 * minute + 60) });
const metrics = (dimension: string, key: string, minute: number, counts: object) =>
  result('campaign_metrics', `${dimension}:${at(60 * minute)}:${key}`, at(60 * minute + 60), {
    dimension,
    key,
    ...window(minute),
    ...counts,
  });
const FIRST = { impressions: 1, clicks: 2, ctr: 2, cost_micros: 500, unique_users: 1 };
const SECOND = { impressions: 1, clicks: 3, ctr: 3, cost_micros: 0, unique_users: 2 };
const METRICS = [
  // k1 has another campaign than its impression: gross figures use that of the click.
  metrics('campaign', 'c1', 0, { ...FIRST, clicks: 1, ctr: 1 }),
  metrics('campaign', 'wrong campaign', 0, { impressions: 0, clicks: 1, ctr: null, cost_micros: 0, unique_users: 1 }),
  metrics('ad', 'a1', 0, FIRST),
  metrics('publisher', 'p1', 0, FIRST),
  metrics('device_type', 'mobile', 0, { ...FIRST, clicks: 0, ctr: 0 }),
  metrics('device_type', 'unknown', 0, { impressions: 0, clicks: 2, ctr: null, cost_micros: 0, unique_users: 1 }),
  metrics('country', 'DE', 0, { ...FIRST, clicks: 0, ctr: 0 }),
  metrics('country', 'unknown', 0, { impressions: 0, clicks: 2, ctr: null, cost_micros: 0, unique_users: 1 }),
  ...['campaign:c1', 'ad:a1', 'publisher:p1', 'device_type:unknown', 'country:unknown'].map((name) => {
    const [dimension = '', key = ''] = name.split(':');
    return metrics(dimension, key, 1, SECOND);
  }),
];
const SETTLED = [
  result('attribution_metrics', `${at(0)}:c1`, at(60), {
    campaign_id: 'c1',
    ...window(0),
    impressions: 1,
    attributed_clicks: 2,
    valid_clicks: 0,
    ctr: 2,
    valid_ctr: 0,
    cost_micros: 500,
  }),
  result('attribution_metrics', `${at(60)}:c1`, at(120), {
    campaign_id: 'c1',
    ...window(1),
    impressions: 1,
    attributed_clicks: 1,
    valid_clicks: 0,
    ctr: 1,
    valid_ctr: 0,
    cost_micros: 0,
  }),
];
const late = (place: number) =>
  result('late_event', `imps:s0:${place}`, at(62), {
    source: 'impression',
    event_id: 'i3',
    event_time: at(62),
    lateness_ms: 8_000,
  });
const rejected = (place: number, text: string, reason: string) =>
  result('rejected_event', `imps:s0:${place}`, at(3_600), {
    source: 'impression',
    reason,
    raw: Buffer.from(text).toString('base64'),
    raw_length: text.length,
  });
const REJECTED = [
  rejected(4, 'nonsense', 'not valid JSON: unexpected token'),
  rejected(5, JSON.stringify(impression('i4', 70, { cost_micros: -1 })), 'cost_micros: must be at least 0'),
  rejected(6, JSON.stringify(impression('i5', 3_661)), 'event_time: more than 60 s after the arrival'),
];
const RESULTS = [...ATTRIBUTED, ...UNATTRIBUTED, ...METRICS, ...SETTLED, late(3), ...REJECTED];
const TYPES = RECORD_TYPES.filter((type) =>
  RESULTS.some((one) => (one as { record_type: string }).record_type === type),
);

const verify = (results: readonly object[], options: Parameters<typeof verifyLedger>[3] = {}) =>
  verifyLedger({ impressions: IMPRESSIONS, clicks: CLICKS }, sampleResults(results), SAMPLE_SETTINGS, {
    types: TYPES,
    knownBots: (userAgent) => userAgent.includes('bot'),
    ...options,
  });
const ofType = (ledger: Awaited<ReturnType<typeof verify>>, type: string) =>
  ledger.types.find(({ recordType }) => recordType === type);
/** A result with a changed field of its payload. */
function altered(record: object, field: string, value: unknown): object {
  const copy = structuredClone(record) as Record<string, Record<string, unknown>>;
  const payload = copy[copy['record_type'] as unknown as string];
  if (payload?.[field] === undefined) throw new Error(`no ${field} to alter`);
  payload[field] = value;
  return copy;
}

describe('verifyLedger', () => {
  it('agrees with results computed by hand, and has a correct ledger', async () => {
    const ledger = await verify(RESULTS);
    expect(ledger.types.filter((type) => !typeAgrees(type))).toEqual([]);
    expect(ledger.impressions).toEqual({
      read: 7,
      rejected: 3,
      late: 1,
      lateAfterQuiet: 0,
      duplicates: 1,
      accepted: 2,
    });
    expect(ledger.clicks).toEqual({ read: 6, rejected: 0, late: 0, lateAfterQuiet: 0, duplicates: 1, accepted: 5 });
    expect(ledger.equations).toHaveLength(12);
    expect(ledger.equations.filter(({ holds }) => !holds)).toEqual([]);
    expect(ledger.types.map(({ found }) => found)).toEqual(ledger.types.map(({ expected }) => expected));
    expect(ledger.agrees).toBe(true);
  });

  it.each(TYPES)('reports a single missing %s', async (type) => {
    const place = RESULTS.findIndex((record) => (record as { record_type: string }).record_type === type);
    expect(place).toBeGreaterThanOrEqual(0);
    const ledger = await verify(RESULTS.toSpliced(place, 1));
    expect(ofType(ledger, type)).toMatchObject({ missing: 1, extra: 0, differing: 0 });
    expect(ofType(ledger, type)?.examples.missing).toHaveLength(1);
    expect(ledger.agrees).toBe(false);
  });

  it.each([
    ['attributed_click', 'time_to_click_ms', 5_001],
    ['attributed_click', 'invalid_reasons', []],
    ['attributed_click', 'campaign_id', 'wrong campaign'],
    ['unattributed_click', 'user_id', 'u3'],
    ['campaign_metrics', 'ctr', 0.999999],
    ['campaign_metrics', 'unique_users', 2],
    ['attribution_metrics', 'valid_clicks', 1],
    ['late_event', 'lateness_ms', 7_999],
    ['rejected_event', 'raw_length', 9],
    ['rejected_event', 'reason', 'no idea'],
  ])('reports that %s has a different %s', async (type, field, value) => {
    const place = RESULTS.findIndex((record) => (record as { record_type: string }).record_type === type);
    const ledger = await verify(RESULTS.with(place, altered(RESULTS[place] as object, field, value)));
    expect(ofType(ledger, type)).toMatchObject({ missing: 0, extra: 0, differing: 1 });
    expect(ofType(ledger, type)?.examples.differing).toHaveLength(1);
    expect(ledger.agrees).toBe(false);
  });

  it('reports an envelope with another time, and an additional field', async () => {
    const [first, second, ...rest] = RESULTS as [object, object, ...object[]];
    const time = { ...first, event_time: at(16) };
    const field = structuredClone(second) as { attributed_click: object };
    Object.assign(field.attributed_click, { surplus: 1 });
    expect(ofType(await verify([time, field, ...rest]), 'attributed_click')).toMatchObject({ differing: 2 });
  });

  it('treats an identical second delivery as a repetition, in any order', async () => {
    const ledger = await verify([...RESULTS, ...RESULTS]);
    expect(ledger.types.map(({ repeated }) => repeated)).toEqual(ledger.types.map(({ found }) => found));
    expect(ledger.agrees).toBe(true);
  });

  it('does not treat different content with the same id as a repetition, even if the correct one comes last', async () => {
    const wrong = altered(METRICS[0] as object, 'clicks', 7);
    const ledger = await verify([wrong, ...RESULTS]);
    expect(ofType(ledger, 'campaign_metrics')).toMatchObject({ missing: 0, extra: 0, differing: 1, repeated: 0 });
    expect(ledger.agrees).toBe(false);
  });

  it('reports an unexpected result', async () => {
    const ledger = await verify([...RESULTS, unattributed('k9', 'i9', 80, 'u1')]);
    expect(ofType(ledger, 'unattributed_click')).toMatchObject({ missing: 0, extra: 1 });
    expect(ledger.equations.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([
      'clicks: read = rejected + late + duplicates + attributed + unattributed',
    ]);
    expect(ledger.agrees).toBe(false);
  });

  it('counts malformed results', async () => {
    const wrongType = altered(METRICS[0] as object, 'clicks', '1');
    const ledger = await verify([wrongType, { record_type: 'new_type' }, ...RESULTS]);
    expect(ledger.malformed.count).toBe(2);
    expect(ledger.malformed.examples.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('campaign_metrics.clicks'),
      expect.stringContaining('"new_type"'),
    ]);
    expect(ledger.agrees).toBe(false);
  });

  it('checks only the requested types, and says so', async () => {
    const ledger = await verify(ATTRIBUTED, { types: ['attributed_click'] });
    expect(ledger.types).toHaveLength(1);
    expect(ledger.notes.join()).toContain('unattributed_click');
    expect(ledger.agrees).toBe(true);
  });

  it('allows only results that are not final to be missing', async () => {
    const early = RESULTS.filter((record) => !SETTLED.includes(record));
    const watermark = Date.parse(at(200));
    const ledger = await verify(early, { watermark });
    expect(ofType(ledger, 'attribution_metrics')).toMatchObject({ pending: 2, missing: 0 });
    expect(ledger.agrees).toBe(true);
    const less = await verify(early.slice(1), { watermark });
    expect(ofType(less, 'attributed_click')).toMatchObject({ pending: 0, missing: 1 });
  });

  it('compares late and rejected records by content if positions are unknown', async () => {
    const inputs = { impressions: withoutPositions(IMPRESSIONS), clicks: withoutPositions(CLICKS) };
    const check = (results: readonly object[]) =>
      verifyLedger(inputs, sampleResults(results), SAMPLE_SETTINGS, { types: ['late_event', 'rejected_event'] });
    // Without an arrival time, i5 is a valid event with the greatest time.
    const results = [late(77), ...REJECTED.slice(0, 2)];
    expect((await check(results)).types).toMatchObject([{ missing: 0 }, { missing: 0, extra: 0, differing: 0 }]);
    expect(await check(results.slice(0, 2))).toMatchObject({ agrees: false, types: [{}, { missing: 1 }] });
    const twice = rejected(8, 'nonsense', 'not valid JSON');
    expect(await check([...results, twice])).toMatchObject({ agrees: false, types: [{}, { extra: 1 }] });
    const again = [...results, ...results];
    expect((await check(again)).types).toMatchObject([
      { repeated: 1, extra: 0 },
      { repeated: 2, extra: 0 },
    ]);
  });

  it('rejects one input with positions and one without', async () => {
    const inputs = { impressions: IMPRESSIONS, clicks: withoutPositions(CLICKS) };
    await expect(verifyLedger(inputs, sampleResults([]), SAMPLE_SETTINGS)).rejects.toThrow(/both from files/);
  });
});
