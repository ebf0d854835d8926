import { gzipSync } from 'node:zlib';
import { sampleImport } from './sample-import';

const EVENT = { user_id: 'u1', campaign_id: 'c1', ad_id: 'a1', publisher_id: 'p1' };
const IMPRESSIONS = [
  { impression_id: '007', event_time: '2026-11-20T10:00:01.000Z', ...EVENT },
  { impression_id: 'i1', event_time: '2026-11-20T10:00:00.000Z', ...EVENT, country: 'DE' },
];
const IN_ORDER = [IMPRESSIONS[1], IMPRESSIONS[0]];
const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const csv = (delimiter: string, header = true) =>
  [
    ...(header ? [['impression_id', 'event_time', 'user_id', 'campaign_id', 'ad_id', 'publisher_id', 'country']] : []),
    ...IMPRESSIONS.map((row) => [
      row.impression_id,
      row.event_time,
      'u1',
      'c1',
      'a1',
      'p1',
      'country' in row ? row.country : '',
    ]),
  ]
    .map((row) => `${row.join(delimiter)}\n`)
    .join('');

it.each<[string, string | Buffer]>([
  ['JSON lines', lines(IMPRESSIONS)],
  [
    'JSON lines with a byte-order mark, CRLF and blank lines',
    `\ufeff${lines(IMPRESSIONS).replaceAll('\n', '\r\n\r\n')}\r\n \r\n`,
  ],
  ['a JSON array', JSON.stringify(IMPRESSIONS)],
  ['a JSON array with an element a line', `[${IMPRESSIONS.map((row) => JSON.stringify(row)).join(',\n')}]`],
  ['pretty JSON', JSON.stringify(IMPRESSIONS, null, 2)],
  ['pretty JSON objects, one after the other', IMPRESSIONS.map((row) => JSON.stringify(row, null, 2)).join('\n')],
  ['CSV', csv(',')],
  ['CSV with a byte-order mark', `\ufeff${csv(',')}`],
  ['semicolons', csv(';')],
  ['TSV with CRLF', csv('\t').replaceAll('\n', '\r\n')],
  ['gzip, whatever the name', gzipSync(csv(','))],
  ['gzipped JSON lines', gzipSync(lines(IMPRESSIONS))],
])('reads %s, and writes the events by time with unchanged ids', async (_form, content) => {
  const { impressions, clicks, notImported } = await sampleImport({ mapping: 'contract', files: { 'a log': content } });
  expect(impressions).toEqual(IN_ORDER);
  expect([...clicks, ...notImported]).toEqual([]);
});

it('reads files of different forms and columns in one import', async () => {
  const click = { click_id: 'k1', impression_id: 'i1', event_time: '2026-11-20T10:00:05.000Z', ...EVENT };
  const { impressions, clicks } = await sampleImport({
    mapping: 'contract',
    files: { 'impressions.csv': csv(','), 'clicks.json': JSON.stringify([click]) },
  });
  expect(impressions).toEqual(IN_ORDER);
  expect(clicks).toEqual([click]);
});

it('keeps every row that cannot be read, with its reason, and continues', async () => {
  const content = Buffer.concat([
    Buffer.from(
      `${lines(IMPRESSIONS)}not JSON\n[1]\n{"impression_id":"half \\ud83d"}\n{"user_id":"a","user_id":"b"}\n`,
    ),
    Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    Buffer.from(lines([{ ...IMPRESSIONS[0], impression_id: 'last' }])),
  ]);
  const { summary, impressions, notImported } = await sampleImport({
    mapping: 'contract',
    files: { 'a.jsonl': content },
  });
  expect(impressions.map((row) => row['impression_id'])).toEqual(['i1', '007', 'last']);
  expect(summary).toMatchObject({ impressions: 3, clicks: 0, notImported: 5 });
  expect(notImported.map((row) => [row['reason'], row['line']])).toEqual(
    expect.arrayContaining([
      ['not a JSON object', 'not JSON'],
      ['not a JSON object', '[1]'],
      ['not a JSON object', '{"impression_id":"half \\ud83d"}'],
      ['the JSON object has a field twice', '{"user_id":"a","user_id":"b"}'],
      [expect.stringContaining('not utf-8'), expect.any(String)],
    ]),
  );
});

it('keeps every row of a table that has more or fewer values than its header', async () => {
  const { summary, impressions, notImported } = await sampleImport({
    mapping: 'contract',
    files: {
      'a.csv': `${csv(',')}short,2026-11-20T10:00:00.000Z\na,b,c,d,e,f,g,h\nlast,2026-11-20T10:00:09Z,u1,c1,a1,p1,DE\n`,
    },
  });
  expect(impressions.map((row) => row['impression_id'])).toEqual(['i1', '007', 'last']);
  expect(notImported.map((row) => [row['line_number'], row['line']])).toEqual([
    [4, 'short,2026-11-20T10:00:00.000Z'],
    [5, 'a,b,c,d,e,f,g,h'],
  ]);
  expect(summary.reasons).toEqual([
    {
      reason: expect.stringMatching(/Expected Number of Columns: 7 Found: 2/),
      rows: 1,
      example: expect.stringContaining('short'),
    },
    {
      reason: expect.stringMatching(/Expected Number of Columns: 7 Found: 8/),
      rows: 1,
      example: expect.stringContaining('a,b'),
    },
  ]);
});

it('derives ids from the content: the same in any order of the rows, and different for identical rows', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => `2026-11-20T10:00:00Z,u${index % 1_000},c1\n`);
  const mapping =
    'SELECT "time" AS event_time, "user" AS user_id, campaign AS campaign_id, \'a\' AS ad_id, \'p\' AS publisher_id FROM source';
  const imported = async (order: readonly string[]) =>
    (await sampleImport({ mapping, files: { 'a.csv': `time,user,campaign\n${order.join('')}` } })).impressions;
  const ids = (events: readonly Record<string, unknown>[]) => events.map((row) => String(row['impression_id']));
  const forward = ids(await imported(rows));
  expect(new Set(forward).size).toBe(5_000);
  expect(ids(await imported(rows.toReversed())).sort()).toEqual([...forward].sort());
  expect(forward.filter((id) => id.endsWith('-5'))).toHaveLength(1_000);
});

it('keeps events with the same time in the order of the file', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ ...IMPRESSIONS[0], impression_id: `i${index}` }));
  const { impressions } = await sampleImport({ mapping: 'contract', files: { 'a.jsonl': lines(rows) } });
  expect(impressions.map((row) => row['impression_id'])).toEqual(rows.map((row) => row.impression_id));
});

it('writes two events for a clicked row, with the click at click_time if given', async () => {
  const mapping = `SELECT event_time, 'u' AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id, id AS impression_id,
    label AS clicked, click_time, source AS source_row FROM source`;
  const content = `id,event_time,label,click_time
i1,2026-11-20T10:00:00Z,1,2026-11-20T10:00:07.5Z
i2,2026-11-20T10:00:01Z,0,
i3,2026-11-20T10:00:02Z,true,
i4,2026-11-20T10:00:03Z,maybe,
i5,2026-11-20T10:00:04Z,1,soon
`;
  const { summary, impressions, clicks, notImported } = await sampleImport({ mapping, files: { 'a.csv': content } });
  expect(impressions.map((row) => row['impression_id'])).toEqual(['i1', 'i2', 'i3']);
  expect(clicks.map((row) => [row['click_id'], row['impression_id'], row['event_time']])).toEqual([
    ['i3', 'i3', '2026-11-20T10:00:02.000Z'],
    ['i1', 'i1', '2026-11-20T10:00:07.500Z'],
  ]);
  expect(notImported.map((row) => row['reason'])).toEqual([
    'clicked: must be true or false',
    'click_time: cannot be read as a time',
  ]);
  expect(summary).toMatchObject({ impressions: 3, clicks: 2, both: 2, clicksAtImpression: 1 });
});

it('supports several queries on one file: one for impressions, one for clicks', async () => {
  const common = "event_time, 'u' AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id";
  const mapping = `SELECT id AS impression_id, ${common} FROM source WHERE what = 'view'; -- ; in a comment
    SELECT id AS click_id, of AS impression_id, ${common} FROM source WHERE what = 'click;'`;
  const content = 'id,of,what,event_time\nk1,i1,click;,2026-11-20T10:00:05Z\ni1,,view,2026-11-20T10:00:00Z\n';
  const { impressions, clicks } = await sampleImport({ mapping, files: { 'a.csv': content } });
  expect(impressions.map((row) => row['impression_id'])).toEqual(['i1']);
  expect(clicks.map((row) => [row['click_id'], row['impression_id']])).toEqual([['k1', 'i1']]);
});

it('reads times without a zone in the given time zone, and times with a zone in their own', async () => {
  const times = [
    '2026-11-20 18:00:00',
    '2026-11-20T18:00:01+08:00',
    '2026-11-20 10:00:02 UTC',
    '2026-11-20T10:00:03.999999Z',
    '2026-02-29 10:00:00',
    '0001-01-01 00:00:00',
    '1969-12-31T23:59:59Z',
    '2026-11-20',
  ];
  const { impressions, notImported } = await sampleImport({
    mapping: 'contract',
    timeZone: 'Asia/Shanghai',
    files: { 'a.jsonl': lines(times.map((event_time) => ({ ...EVENT, event_time }))) },
  });
  expect(impressions.map((row) => row['event_time'])).toEqual([
    '2026-11-19T16:00:00.000Z',
    '2026-11-20T10:00:00.000Z',
    '2026-11-20T10:00:01.000Z',
    '2026-11-20T10:00:02.000Z',
    '2026-11-20T10:00:03.999Z',
  ]);
  expect(notImported.map((row) => row['reason'])).toEqual([
    'event_time: cannot be read as a time',
    'event_time: must be from 1970 to 9999',
    'event_time: must be from 1970 to 9999',
  ]);
});

it('reports times far outside the range of most events', async () => {
  const rows = [
    ...Array.from({ length: 500 }, (_, index) => ({ ...EVENT, event_time: `2026-11-20T1${index % 10}:00:00Z` })),
    { ...EVENT, event_time: '1970-01-01T00:00:00Z' },
    { ...EVENT, event_time: '2036-11-20T10:00:00Z' },
  ];
  const { summary } = await sampleImport({ mapping: 'contract', files: { 'a.jsonl': lines(rows) } });
  expect(summary.impressions).toBe(502);
  expect(summary.spans).toEqual({
    impression: { from: Date.UTC(2026, 10, 20, 10), to: Date.UTC(2026, 10, 20, 20), before: 1, after: 1 },
  });
});
