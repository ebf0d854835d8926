import { sampleImport } from '../sample-import';

it('reads the macros of notices, and leaves out those that were not filled in', async () => {
  const query = 'auction_id=a%2F1&imp_id=1&ad_id=ad-9&campaign_id=c1&publisher_id=p%201&user_id=u1&w=300&h=250';
  const line = (time: string, url: string) =>
    `${JSON.stringify({ time, url, ip: '203.0.113.7:443', user_agent: 'Mozilla/5.0' })}\n`;
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'openrtb-notices',
    files: {
      'notices.jsonl':
        line('2025-11-20T10:00:03Z', `https://dsp.example/click?${query}`) +
        line('2025-11-20T10:00:00Z', `https://dsp.example/bill?${query}&price=2.5&currency=USD`) +
        line(
          '2025-11-20T10:00:01Z',
          `https://dsp.example/bill?${query.replace('imp_id=1', 'imp_id=2')}&price=\${AUCTION_PRICE}`,
        ) +
        line('2025-11-20T10:00:02Z', `https://dsp.example/bill?${query.replace('u1', '${USER}')}`) +
        line('2025-11-20T10:00:02Z', 'https://dsp.example/loss?x=%ff'),
    },
  });
  const common = {
    user_id: 'u1',
    campaign_id: 'c1',
    ad_id: 'ad-9',
    publisher_id: 'p 1',
    ip: '203.0.113.7',
    user_agent: 'Mozilla/5.0',
  };
  const size = { width: 300, height: 250 };
  expect(impressions).toEqual([
    { impression_id: 'a/1-1', event_time: '2025-11-20T10:00:00.000Z', ...common, cost_micros: 2_500, ...size },
    { impression_id: 'a/1-2', event_time: '2025-11-20T10:00:01.000Z', ...common, ...size },
  ]);
  expect(clicks).toMatchObject([{ impression_id: 'a/1-1', event_time: '2025-11-20T10:00:03.000Z', ...common }]);
  expect(notImported.map((row) => row['reason'])).toEqual([
    'user_id: is missing',
    'event_type: is neither impression nor click',
  ]);
});
