import { loadMapping } from '../mapping-file';
import { sampleImport } from '../sample-import';

const COLUMNS = loadMapping('snowplow').read.columns ?? [];
const row = (values: Record<string, string>) => `${COLUMNS.map((name) => values[name] ?? '').join('\t')}\n`;
const event = (event_name: string, data: object) => ({
  event_name,
  event_id: `id-of-${event_name}`,
  collector_tstamp: '2025-11-20 10:00:09.000',
  domain_userid: 'd1',
  geo_country: 'GB',
  user_ipaddress: '203.0.113.7',
  unstruct_event: JSON.stringify({
    schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
    data: { schema: 'iglu:x', data },
  }),
});

it('reads the 131 columns of an enriched event, and the ad in its JSON', async () => {
  expect(COLUMNS).toHaveLength(131);
  const ad = { impressionId: 'i1', campaignId: 'c1', bannerId: 'b1', zoneId: 'z1', costModel: 'cpm', cost: 2.5 };
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'snowplow',
    files: {
      'enriched.tsv':
        row({ ...event('ad_click', { ...ad, clickId: 'k1' }), derived_tstamp: '2025-11-20 10:00:02.500' }) +
        row({ ...event('ad_impression', ad), derived_tstamp: '2025-11-20 10:00:00.250' }) +
        row(event('page_view', {})),
    },
  });
  const common = {
    user_id: 'd1',
    campaign_id: 'c1',
    ad_id: 'b1',
    publisher_id: 'z1',
    country: 'GB',
    ip: '203.0.113.7',
  };
  expect(impressions).toEqual([
    { impression_id: 'i1', event_time: '2025-11-20T10:00:00.250Z', ...common, cost_micros: 2_500 },
  ]);
  expect(clicks).toEqual([{ click_id: 'k1', impression_id: 'i1', event_time: '2025-11-20T10:00:02.500Z', ...common }]);
  expect(notImported).toHaveLength(1);
});
