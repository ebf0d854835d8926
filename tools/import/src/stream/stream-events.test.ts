/** The same log while it is read, and through scratch files: the same bytes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseMapping } from '../mapping-file';
import { runImport } from '../run-import';
import { OUTPUT_FILES } from '../write-events';

const MEBIBYTE = 1024 * 1024;
/** More than the rows from which it is seen which fields have values. */
const ROWS = 24_000;

/** Impressions with clicks in the same row, rows with faults, values that JSON escapes, and a value of `country` where it is asked for. */
function log(time: (i: number) => number, country: (i: number) => string): string {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const id = i % 997 === 5 ? '' : i % 101 === 0 ? `"i""\\${i}é😀"` : `i${i}`;
    const clicked = i % 40 === 0 ? 'true' : i % 1_999 === 3 ? 'maybe' : 'false';
    const user = i % 1_501 === 9 ? '' : `user ${i % 300} of a rather long name so that all rows do not fit at once`;
    return `${id},${time(i)},${clicked},${i % 80 === 0 ? time(i) + (i % 7) * 60 : ''},${user},${country(i)}\n`;
  });
  rows[500] = 'short,row\n';
  return `id,seconds,label,click,user,country\n${rows.join('')}`;
}

const MAPPING = parseMapping(
  'test.sql',
  `SELECT coalesce(id, 'none') AS impression_id, time_from_seconds(seconds) AS event_time, label AS clicked, time_from_seconds(click) AS click_time,
    "user" AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id, country, source AS source_row FROM source`,
);

/** Imports the log once for each of these amounts of bytes that may be held. */
async function imported(content: string, held: readonly number[]) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'streamed '));
  const shown = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const file = path.join(folder, 'log.csv');
    writeFileSync(file, content);
    const found = [];
    for (const heldBytes of held) {
      const out = path.join(folder, `out ${heldBytes}`);
      const options = { mapping: MAPPING, memoryMegabytes: 1_000, timeZone: 'UTC', progress: true };
      const summary = await runImport([file], { ...options, out, heldBytes });
      const files = Object.values(OUTPUT_FILES).map((name) => readFileSync(path.join(out, name), 'utf8'));
      const steps = shown.mock.calls.map(([text]) => /(?:Reading|Writing) [a-z ]*/.exec(String(text))?.[0]);
      found.push({ summary, files, lastStep: steps.findLast((step) => step !== undefined) });
    }
    return found;
  } finally {
    shown.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last step that progress names. */
const [STREAMED, SORTED] = ['Reading and writing by time', 'Writing clicks by time'];
const START = 1_795_000_000;
const backwards = (i: number) => START + ROWS - i;
const nearly = (i: number) => START + i - (i % 13);

it.each<[string, string, number, string]>([
  ['is nearly by time and held in parts', log(nearly, () => 'DE'), 2 * MEBIBYTE, STREAMED],
  ['is in another order and held at once', log(backwards, () => 'DE'), 64 * MEBIBYTE, STREAMED],
  ['is in another order and larger than what is held', log(backwards, () => 'DE'), 2 * MEBIBYTE, SORTED],
  ['has a field far behind', log(nearly, (i) => (i === ROWS - 1 ? 'DE' : '')), 2 * MEBIBYTE, SORTED],
])('writes the same events and rows when a log %s', async (_what, content, heldBytes, step) => {
  const [found, sorted] = await imported(content, [heldBytes, 0]);
  expect([found?.lastStep, sorted?.lastStep]).toEqual([step, SORTED]);
  expect({ ...found, lastStep: undefined }).toEqual({ ...sorted, lastStep: undefined });
  const lines = found?.files.map((text) => text.split('\n').length - 1) ?? [];
  const { impressions, clicks, notImported } = found?.summary ?? {};
  expect(lines).toEqual([impressions, clicks, notImported]);
  expect(Math.min(...lines)).toBeGreaterThan(20);
});
