import { sampleImport } from '../sample-import';

it('imports clicks, each with a separate id even if they are identical', async () => {
  const row = '87540,12,1,13,497,2017-11-07 09:30:38,,0\n';
  const { impressions, clicks } = await sampleImport({
    mapping: 'talkingdata',
    files: { 'train.csv': `ip,app,device,os,channel,click_time,attributed_time,is_attributed\n${row}${row}` },
  });
  expect(impressions).toEqual([]);
  const id = String(clicks[0]?.['click_id']);
  const common = {
    event_time: '2017-11-07T09:30:38.000Z',
    user_id: '87540-1-13',
    campaign_id: '12',
    ad_id: '12',
    publisher_id: '497',
  };
  const impression_id = expect.stringMatching(/^not-published-[0-9a-f]{32}$/) as string;
  expect(clicks).toEqual([
    { click_id: id, impression_id, ...common },
    { click_id: `${id}-2`, impression_id, ...common },
  ]);
});
