import { sampleImport } from '../sample-import';

const event = (event_name: string, micros: number, user: string, extra: object[] = []) =>
  `${JSON.stringify({
    event_date: '20251120',
    event_timestamp: String(1763632800000000 + micros),
    event_name,
    event_params: [
      { key: 'ad_unit_id', value: { string_value: 'unit-7' } },
      { key: 'ad_source', value: { string_value: 'AdMob' } },
      ...extra,
    ],
    user_pseudo_id: user,
    device: { category: 'smart tv' },
    geo: { country: 'Germany' },
    stream_id: '12',
  })}\n`;

it('links a click to the latest impression of its user and ad unit', async () => {
  const paid = [
    { key: 'currency', value: { string_value: 'USD' } },
    { key: 'value', value: { double_value: 0.0025 } },
  ];
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'ga4',
    files: {
      'events.json':
        event('ad_impression', 1_000_000, 'u1', paid) +
        event('ad_click', 5_000_000, 'u1') +
        event('ad_impression', 3_000_000, 'u1') +
        event('ad_impression', 4_000_000, 'u2') +
        event('ad_click', 500_000, 'u3') +
        event('page_view', 0, 'u1'),
    },
  });
  const common = { campaign_id: 'AdMob', ad_id: 'unit-7', publisher_id: '12', device_type: 'ctv', country: 'DE' };
  expect(impressions).toMatchObject([
    { event_time: '2025-11-20T10:00:01.000Z', user_id: 'u1', cost_micros: 2_500, ...common },
    { event_time: '2025-11-20T10:00:03.000Z', user_id: 'u1', ...common },
    { event_time: '2025-11-20T10:00:04.000Z', user_id: 'u2', ...common },
  ]);
  expect(clicks).toMatchObject([
    { event_time: '2025-11-20T10:00:00.500Z', user_id: 'u3', impression_id: expect.stringMatching(/^none-/) },
    { event_time: '2025-11-20T10:00:05.000Z', user_id: 'u1', impression_id: impressions[1]?.['impression_id'] },
  ]);
  expect(notImported).toMatchObject([{ row: { event_name: 'page_view' } }]);
});
