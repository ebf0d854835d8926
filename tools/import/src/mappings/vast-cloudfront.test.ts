import { loadMapping } from '../mapping-file';
import { sampleImport } from '../sample-import';

const COLUMNS = loadMapping('vast-cloudfront').read.columns ?? [];
const row = (time: string, event: string, query: string) => {
  const values: Record<string, string> = {
    ...{ date: '2025-11-20', time, uri_stem: `/vast/${event}`, uri_query: query, c_ip: '2001:db8::7', status: '204' },
    user_agent: 'Roku/DVP-12.0%20(12.0.0)',
  };
  return `${COLUMNS.map((name) => values[name] ?? '-').join('\t')}\n`;
};

it('reads tracking requests, their encoded User-Agents and macros that the player did not replace', async () => {
  expect(COLUMNS).toHaveLength(33);
  const query = 'imp=i1&campaign=c1&ad=a1&pub=p1&user=u1&cb=[CACHEBUSTING]';
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'vast-cloudfront',
    files: {
      'E1.2025-11-20-10.abcd': [
        '#Version: 1.0\n#Fields: date time x-edge-location\n',
        row('10:00:05', 'click', query),
        row('10:00:00', 'impression', query),
        row('10:00:01', 'impression', 'imp=[IMP]&campaign=c1&ad=a1&pub=p1'),
        row('10:00:02', 'firstQuartile', query),
      ].join(''),
    },
  });
  const common = {
    campaign_id: 'c1',
    ad_id: 'a1',
    publisher_id: 'p1',
    device_type: 'ctv',
    ip: '2001:db8::7',
    user_agent: 'Roku/DVP-12.0 (12.0.0)',
  };
  expect(impressions).toEqual([
    { impression_id: 'i1', event_time: '2025-11-20T10:00:00.000Z', user_id: 'u1', ...common },
    {
      impression_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      event_time: '2025-11-20T10:00:01.000Z',
      user_id: expect.stringMatching(/^device-/),
      ...common,
    },
  ]);
  expect(clicks).toMatchObject([
    { impression_id: 'i1', event_time: '2025-11-20T10:00:05.000Z', user_id: 'u1', ...common },
  ]);
  expect(notImported).toMatchObject([{ row: { uri_stem: '/vast/firstQuartile' } }]);
});
