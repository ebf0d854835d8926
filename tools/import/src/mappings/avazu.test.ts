import { gzipSync } from 'node:zlib';
import { sampleImport, table } from '../sample-import';

const HEADER =
  'id,click,hour,C1,banner_pos,site_id,site_domain,site_category,app_id,app_domain,app_category,device_id,device_ip,device_model,device_type,device_conn_type,C14,C15,C16,C17,C18,C19,C20,C21'.split(
    ',',
  );
const row = (id: string, click: number, hour: string, site: string, device: string) => [
  ...[
    id,
    click,
    hour,
    1005,
    0,
    site,
    'f3845767',
    '28905ebd',
    'ecad2386',
    '7801e8d9',
    '07d7df22',
    device,
    'ddd2926e',
    '44956a24',
  ],
  ...[1, 2, 15706, 320, 50, 1722, 0, 35, -1, 79],
];

it('imports a packed file: ids with all their digits, apps and sites, known and unknown devices', async () => {
  const rows = [
    HEADER,
    row('10000371904215119486', 1, '14102100', '85f751fd', 'a99f214a'),
    row('0000169349117863715', 0, '14102023', '1fbe01fe', 'c357dbff'),
  ];
  const { impressions, clicks } = await sampleImport({
    mapping: 'avazu',
    files: { 'train.gz': gzipSync(table(rows, ',')) },
  });
  const common = { campaign_id: '1722', ad_id: '15706' };
  const size = { width: 320, height: 50 };
  expect(impressions).toEqual([
    {
      impression_id: '0000169349117863715',
      event_time: '2014-10-20T23:00:00.000Z',
      user_id: 'c357dbff',
      publisher_id: '1fbe01fe',
      ...common,
      ...size,
    },
    {
      impression_id: '10000371904215119486',
      event_time: '2014-10-21T00:00:00.000Z',
      user_id: 'ddd2926e-44956a24',
      publisher_id: 'ecad2386',
      ...common,
      ...size,
    },
  ]);
  expect(clicks).toEqual([
    {
      click_id: '10000371904215119486',
      impression_id: '10000371904215119486',
      event_time: '2014-10-21T00:00:00.000Z',
      user_id: 'ddd2926e-44956a24',
      publisher_id: 'ecad2386',
      ...common,
    },
  ]);
});
