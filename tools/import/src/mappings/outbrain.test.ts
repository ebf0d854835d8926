import { sampleImport } from '../sample-import';

it('joins what was shown with its display and its campaign', async () => {
  const { impressions, clicks, notImported } = await sampleImport({
    mapping: 'outbrain',
    files: {
      'clicks_train.csv': 'display_id,ad_id,clicked\n1,42337,0\n1,139684,1\n2,42337,0\n',
      'events.csv':
        'display_id,uuid,document_id,timestamp,platform,geo_location\n1,cb8c55702adb93,379743,61,3,US>SC>519\n',
      'promoted_content.csv':
        'ad_id,document_id,campaign_id,advertiser_id\n42337,938164,5969,1499\n139684,1085937,17527,2563\n',
    },
  });
  const common = {
    event_time: '2016-06-14T04:00:00.059Z',
    user_id: 'cb8c55702adb93',
    publisher_id: '379743',
    device_type: 'tablet',
    country: 'US',
  };
  const other = { impression_id: '1-42337', campaign_id: '5969', ad_id: '42337', ...common };
  const clicked = { impression_id: '1-139684', campaign_id: '17527', ad_id: '139684', ...common };
  expect(impressions).toHaveLength(2);
  expect(impressions).toEqual(expect.arrayContaining([other, clicked]));
  expect(clicks).toEqual([{ click_id: '1-139684', ...clicked }]);
  expect(notImported).toMatchObject([
    { reason: expect.stringContaining('event_time: is missing'), row: { display_id: '2' } },
  ]);
});
