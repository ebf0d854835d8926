import { sampleImport, table } from '../sample-import';

const row = (bid: string, time: string, type: number, user: string, domain: string) => [
  ...[
    bid,
    time,
    type,
    user,
    'Mozilla/5.0 (Windows NT 6.1)',
    '118.81.189.*',
    15,
    16,
    2,
    domain,
    'b5e1c2',
    'null',
    'mm_10',
    300,
    250,
  ],
  ...['FirstView', 'Na', 0, 'e1af08', 300, 123, 'null', 2259, '10063,13866'],
];

it('imports the impressions and clicks of two files as one log, in Beijing time', async () => {
  const { impressions, clicks, notImported, summary } = await sampleImport({
    mapping: 'ipinyou',
    files: {
      'imp.20130612.txt': table(
        [row('b2', '20130612000102400', 1, 'u2', 'null'), row('b1', '20130612000102345', 1, 'u1', 'trq"d')],
        '\t',
      ),
      'clk.20130612.txt': table(
        [row('b1', '20130612000112000', 2, 'u1', 'trq"d'), row('b1', '20130612010000000', 3, 'u1', 'trq"d')],
        '\t',
      ),
    },
  });
  const common = { campaign_id: '2259', ad_id: 'e1af08', country: 'CN', user_agent: 'Mozilla/5.0 (Windows NT 6.1)' };
  const paid = { cost_micros: 200, width: 300, height: 250 };
  expect(impressions).toEqual([
    {
      impression_id: 'b1',
      event_time: '2013-06-11T16:01:02.345Z',
      user_id: 'u1',
      publisher_id: 'trq"d',
      ...common,
      ...paid,
    },
    {
      impression_id: 'b2',
      event_time: '2013-06-11T16:01:02.400Z',
      user_id: 'u2',
      publisher_id: 'exchange-2',
      ...common,
      ...paid,
    },
  ]);
  expect(clicks).toEqual([
    {
      click_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      impression_id: 'b1',
      event_time: '2013-06-11T16:01:12.000Z',
      user_id: 'u1',
      publisher_id: 'trq"d',
      ...common,
    },
  ]);
  expect(notImported).toMatchObject([
    { reason: 'event_type: is neither impression nor click', row: { log_type: '3' } },
  ]);
  expect(summary).toMatchObject({ impressions: 2, clicks: 1, notImported: 1 });
});
