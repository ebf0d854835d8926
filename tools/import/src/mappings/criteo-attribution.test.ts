import { sampleImport, table } from '../sample-import';

const HEADER = [
  ...[
    'timestamp',
    'uid',
    'campaign',
    'conversion',
    'conversion_timestamp',
    'conversion_id',
    'attribution',
    'click',
    'click_pos',
  ],
  ...[
    'click_nb',
    'cost',
    'cpo',
    'time_since_last_click',
    'cat1',
    'cat2',
    'cat3',
    'cat4',
    'cat5',
    'cat6',
    'cat7',
    'cat8',
    'cat9',
  ],
];
const row = (timestamp: number | string, uid: number, campaign: number, click: number, cost: string) => [
  ...[timestamp, uid, campaign, 0, -1, -1, 0, click, -1, -1, cost, '0.2', -1],
  ...[138937, 9312274, 3490278, 29196072, 11409686, 1973606, 22644417, 9312274, 21091111],
];

it('imports a row as an impression, and a click where it was clicked', async () => {
  const rows = [
    HEADER,
    row(3600, 7, 22, 1, '0.0001'),
    row(0, 8, 22, 0, '0.00001'),
    row(0, 8, 22, 0, '0.00001'),
    row('', 9, 22, 0, ''),
  ];
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'criteo-attribution',
    files: { 'criteo.tsv': table(rows, '\t') },
  });
  const common = { campaign_id: '22', ad_id: 'campaign-22', publisher_id: 'unknown' };
  expect(impressions).toEqual([
    {
      impression_id: expect.any(String),
      event_time: '2017-01-01T00:00:00.000Z',
      user_id: '8',
      ...common,
      cost_micros: 10,
    },
    {
      impression_id: `${impressions[0]?.['impression_id'] as string}-2`,
      event_time: '2017-01-01T00:00:00.000Z',
      user_id: '8',
      ...common,
      cost_micros: 10,
    },
    {
      impression_id: expect.any(String),
      event_time: '2017-01-01T01:00:00.000Z',
      user_id: '7',
      ...common,
      cost_micros: 100,
    },
  ]);
  const { cost_micros: _cost, ...clicked } = impressions[2] ?? {};
  expect(clicks).toEqual([{ ...clicked, click_id: clicked['impression_id'] }]);
  expect(notImported).toMatchObject([{ reason: 'event_time: is missing', row: { uid: '9' } }]);
});
