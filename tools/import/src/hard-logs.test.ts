/** Small logs on which real systems are known to fail, imported with the column names of the contract. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type SampleImport, sampleImport } from './sample-import';

function imported(name: string): Promise<SampleImport> {
  const folder = path.join(__dirname, 'fixtures', name);
  const files = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file))]));
  return sampleImport({ mapping: 'contract', files });
}

const ids = (rows: readonly Record<string, unknown>[], name = 'impression_id') => rows.map((row) => row[name]);
const refused = ({ notImported }: SampleImport) =>
  notImported.map((left) => [(left['row'] as Record<string, unknown> | undefined)?.['impression_id'], left['reason']]);
const inOrder = (rows: readonly Record<string, unknown>[]) => {
  const times = rows.map((row) => String(row['event_time']));
  expect(times).toEqual([...times].sort());
};

it('sorts a record that was flushed late by its time', async () => {
  const { impressions, clicks, notImported } = await imported('late-flush');
  expect(impressions).toHaveLength(61);
  expect(clicks).toHaveLength(2);
  expect(notImported).toEqual([]);
  inOrder(impressions);
});

it('imports an id of 128 emoji as it is', async () => {
  const { clicks, notImported } = await imported('long-emoji-id');
  expect(ids(clicks, 'click_id')).toEqual(['k0', '😀'.repeat(128), 'k9']);
  expect(notImported).toEqual([]);
});

it('leaves out the one line with half of a surrogate pair', async () => {
  const { impressions, clicks, notImported } = await imported('half-pair');
  expect(ids(impressions)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8']);
  expect(ids(clicks, 'click_id')).toEqual(['k1']);
  expect(notImported).toMatchObject([{ line: expect.stringContaining('broken-\\ud83d') }]);
});

it('leaves out a cost beyond the limit, and names the field', async () => {
  const left = await imported('huge-cost');
  expect(refused(left)).toEqual([
    ['i1', 'cost_micros: must be a whole number from 0 to 1,000,000,000'],
    ['i2', 'cost_micros: must be a whole number from 0 to 1,000,000,000'],
  ]);
  expect(left.clicks).toHaveLength(1);
});

it('leaves out the years 0 and 1, and names the field', async () => {
  const left = await imported('zero-year');
  expect(ids(left.impressions)).toEqual(['i0', 'i1', 'i2', 'i3']);
  expect(left.summary.reasons).toMatchObject([{ reason: 'event_time: must be from 1970 to 9999', rows: 2 }]);
});

it('uses the time of the event, not a field with the same name in a nested object', async () => {
  const { impressions, notImported } = await imported('nested-time');
  expect(impressions).toHaveLength(10);
  expect(notImported).toEqual([]);
  inOrder(impressions);
});

it('writes the same events for a log sorted by user and for the same log sorted by time', async () => {
  const [byUser, byTime] = [await imported('by-user'), await imported('by-time')];
  expect(byUser.impressions).toHaveLength(30);
  expect(byUser.clicks).toHaveLength(10);
  expect({ ...byUser, summary: undefined }).toEqual({ ...byTime, summary: undefined });
});

it.each(['json-array', 'csv-with-bom', 'blank-lines'])('imports %s whole', async (name) => {
  const { impressions, clicks, notImported } = await imported(name);
  expect(ids(impressions)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4']);
  expect(ids(clicks, 'click_id')).toEqual(['k1']);
  expect(notImported).toEqual([]);
});

it('imports supported spellings, including offsets and microseconds, and rejects each other one', async () => {
  const left = await imported('spellings');
  expect(left.impressions.map((row) => [row['impression_id'], row['event_time'], row['cost_micros']])).toEqual([
    ['bom', '2026-11-20T10:00:00.000Z', undefined],
    ['float', '2026-11-20T10:00:01.000Z', 2_500],
    ['sci', '2026-11-20T10:00:02.000Z', 2_500],
    ['minus0', '2026-11-20T10:00:03.000Z', 0],
    ['plus2', '2026-11-20T10:00:08.000Z', undefined],
    ['micro', '2026-11-20T10:00:09.123Z', undefined],
    ['last', '2026-11-20T10:00:12.000Z', undefined],
  ]);
  expect(ids(left.clicks, 'click_id')).toEqual(['k-bom', 'k-float', 'k-last']);
  expect(refused(left)).toEqual([
    ['nan', 'cost_micros: must be a whole number from 0 to 1,000,000,000'],
    ['empty-country', 'country: must be two upper-case letters (ISO 3166-1 alpha-2)'],
    ['upper', 'device_type: must be one of mobile, desktop, tablet, ctv, other, unknown'],
    ['leap', 'event_time: cannot be read as a time'],
    ['feb29', 'event_time: cannot be read as a time'],
    [undefined, 'the JSON object has a field twice'],
  ]);
});
