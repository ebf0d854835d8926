import { sampleImport } from '../sample-import';

it('imports rows with an unnamed first column, the campaign by the name of the file', async () => {
  const header =
    ',timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user_feature_2,user_feature_3,user-item_affinity_0\n';
  const row = (index: number, second: string, click: number) =>
    `${index},2019-11-24 00:00:${second}+00:00,14,3,${click},0.0294,81ce12,03a564,2723d2,c39b08,0.0\n`;
  const { impressions, clicks } = await sampleImport({
    mapping: 'open-bandit',
    files: { 'men.csv': `${header}${row(0, '25.877756', 0)}${row(1, '26.1', 1)}` },
  });
  const common = {
    user_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    campaign_id: 'men',
    ad_id: '14',
    publisher_id: 'zozotown-3',
  };
  expect(impressions).toMatchObject([
    { event_time: '2019-11-24T00:00:25.877Z', ...common },
    { event_time: '2019-11-24T00:00:26.100Z', ...common },
  ]);
  expect(clicks).toMatchObject([{ impression_id: impressions[1]?.['impression_id'], ...common }]);
});
