import { sampleImport } from '../sample-import';

it('imports impression and click files, whose columns differ', async () => {
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'campaign-manager',
    files: {
      'impression.csv':
        'Event Time,User ID,Advertiser ID,Campaign ID,Ad ID,Site ID (CM360),Placement ID,Country Code,Event Type,Impression ID,DBM Media Cost (USD)\n' +
        '1763632800000250,0,1,22,333,44,5,US,VIEW,imp-1,1500000\n1763632801000000,AMsySZ,1,22,333,44,5,DE,VIEW,imp-2,\n',
      'click.csv':
        'Event Time,User ID,Advertiser ID,Campaign ID,Ad ID,Site ID (CM360),Country Code,Event Type,Impression ID\n' +
        '1763632809000000,AMsySZ,1,22,333,44,DE,CLICK,imp-2\n1763632809000000,AMsySZ,1,22,333,44,DE,CONVERSION,imp-2\n',
    },
  });
  const common = { campaign_id: '22', ad_id: '333', publisher_id: '44' };
  expect(impressions).toEqual([
    {
      impression_id: 'imp-1',
      event_time: '2025-11-20T10:00:00.000Z',
      user_id: 'unknown-imp-1',
      ...common,
      country: 'US',
      cost_micros: 1_500,
    },
    { impression_id: 'imp-2', event_time: '2025-11-20T10:00:01.000Z', user_id: 'AMsySZ', ...common, country: 'DE' },
  ]);
  expect(clicks).toMatchObject([
    { impression_id: 'imp-2', event_time: '2025-11-20T10:00:09.000Z', user_id: 'AMsySZ', ...common },
  ]);
  expect(notImported).toHaveLength(1);
});
