import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sampleImport } from '../sample-import';
import { Workspace } from '../workspace';
import { suggestMapping } from './suggest-mapping';

/** @returns the mapping that is proposed for a file, and what an import with it gives */
async function suggested(content: string, timeZone = 'UTC') {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a log '));
  try {
    const file = path.join(folder, 'a.log');
    writeFileSync(file, content);
    const text = await Workspace.use({ within: folder, memoryMegabytes: 500, timeZone }, (workspace) =>
      suggestMapping(workspace, [file], {}, timeZone),
    );
    return {
      text: text.replace(/\s*\n\s*--/g, ''),
      ...(await sampleImport({ mapping: text, files: { 'a.log': content }, timeZone })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('proposes a mapping of one file with a label, masked addresses, names of countries and macros, and explains it', async () => {
  const { text, impressions, clicks, notImported } = await suggested(
    `ts,Visitor,campaign,creative,site,remote_addr,ua,Country,device,is_click,price,size,cb
2026-11-20 18:00:01,{user_id},c9,b78,news.example,1.2.4.7,Mozilla/5.0 (iPhone),France,PC,1,0.001,300x250,%%CACHEBUSTER%%
2026-11-20 18:00:00,u1,c9,b77,news.example,1.2.3.x,Mozilla/5.0 (iPhone),Germany,Smartphone,1,0.002,300x250,123
`,
    'Asia/Shanghai',
  );
  expect(text).toContain('They do not have a time zone: Asia/Shanghai is assumed');
  expect(text).toMatch(/is_click: its values are 1 \(100\.0 % clicked\)/);
  expect(text).toMatch(/1 of 2 are masked, and left out/);
  expect(text).toContain('1 of 2 values are placeholders, such as {user_id}');
  expect(text).toContain('For dollars for a thousand impressions, write micros_from_cpm');
  expect(text).toContain('The clicks have no separate time');
  expect(text).toContain('Not used: cb.');
  expect(impressions).toEqual([
    {
      ...{
        impression_id: expect.any(String),
        event_time: '2026-11-20T10:00:00.000Z',
        user_id: 'u1',
        campaign_id: 'c9',
      },
      ...{ ad_id: 'b77', publisher_id: 'news.example', device_type: 'mobile', country: 'DE', cost_micros: 2_000 },
      ...{ user_agent: 'Mozilla/5.0 (iPhone)', width: 300, height: 250 },
    },
  ]);
  expect(clicks).toHaveLength(1);
  expect(notImported).toMatchObject([{ reason: 'user_id: is missing' }]);
});

it('proposes by the values alone where a table has no header', async () => {
  const { text, impressions, clicks } = await suggested(
    '1763632800000\tu1\tc9\t1.2.3.4\tMozilla/5.0 (iPhone)\t0\n1763632801500\tu2\tc9\t1.2.3.5\tMozilla/5.0 (iPhone)\t1\n',
  );
  expect(text).toContain('can only be milliseconds since 1970');
  expect(text).toContain('user_id: no column looks like it');
  expect(text).toContain('Not used: column1, column2');
  expect(impressions).toMatchObject([
    { event_time: '2025-11-20T10:00:00.000Z', ip: '1.2.3.4', user_id: 'unknown' },
    { event_time: '2025-11-20T10:00:01.500Z', ip: '1.2.3.5', user_agent: 'Mozilla/5.0 (iPhone)' },
  ]);
  expect(clicks).toHaveLength(1);
});

it('tells clicks from impressions by a column with the name of the event, and says which rows are neither', async () => {
  const row = (event: string, at: string) =>
    `${JSON.stringify({ event, at, uid: 'u', campaignId: 'c', adId: 'a', publisher: 'p', imp_id: 'i1' })}\n`;
  const { text, impressions, clicks, notImported } = await suggested(
    row('view', '2026-11-20T10:00:00+01:00') +
      row('click', '2026-11-20T10:00:02+01:00') +
      row('hover', '2026-11-20T10:00:01+01:00'),
  );
  expect(text).toContain('Rows with hover are neither');
  expect(text).toContain('They have a time zone');
  expect(impressions).toMatchObject([{ impression_id: 'i1', event_time: '2026-11-20T09:00:00.000Z' }]);
  expect(clicks).toMatchObject([{ impression_id: 'i1', event_time: '2026-11-20T09:00:02.000Z' }]);
  expect(notImported).toHaveLength(1);
});

it.each([
  ['1763632800.25', 'seconds', '2025-11-20T10:00:00.250Z'],
  ['1763632800000250', 'microseconds', '2025-11-20T10:00:00.000Z'],
  ['20/Nov/2025:11:00:00 +0100', '%d/%b/%Y:%H:%M:%S %z', '2025-11-20T10:00:00.000Z'],
  ['20251120100000123', '%Y%m%d%H%M%S%g', '2025-11-20T10:00:00.123Z'],
  ['20.11.2025 10:00', '%d.%m.%Y %H:%M', '2025-11-20T10:00:00.000Z'],
  ['2025-11-20 10:00:00.123456', 'times such as', '2025-11-20T10:00:00.123Z'],
])('reads %s as a time, and says how', async (time, how, event_time) => {
  const { text, impressions } = await suggested(`time;user\n${time};u1\n${time};u2\n`);
  expect(text).toContain(how);
  expect(impressions.map((row) => row['event_time'])).toEqual([event_time, event_time]);
});

it('says that it found no time, and proposes nothing that would pass for one', async () => {
  const { text, impressions, notImported } = await suggested('user,n\nu1,5\nu2,6\n');
  expect(text).toContain('NO COLUMN LOOKS LIKE A TIME');
  expect(impressions).toEqual([]);
  expect(notImported.map((row) => row['reason'])).toEqual(['event_time: is missing', 'event_time: is missing']);
});
