import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { refuseOtherForms } from './refuse-other-forms';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'forms '))));
afterEach(() => rmSync(folder, { recursive: true }));

const EVENT = '{"impression_id":"i1"}';
const check = (content: string | Buffer) => {
  const file = path.join(folder, 'events');
  writeFileSync(file, content);
  return refuseOtherForms(file);
};

describe('refuseOtherForms', () => {
  it.each([
    ['one event a line', `${EVENT}\n${EVENT}\n`],
    ['a byte-order mark', `\ufeff${EVENT}\n`],
    ['blank lines and carriage returns', `\r\n\n${EVENT}\r\n`],
    ['records with faults before the first event', `${'not an event\n'.repeat(99)}${EVENT}\n`],
    ['gzip', gzipSync(`${EVENT}\n`)],
    ['an empty file', ''],
    ['blank lines only', '\n\r\n'],
  ])('accepts %s', async (_, content) => {
    await expect(check(content)).resolves.toBeUndefined();
  });

  it.each([
    ['a JSON array, one element a line', `[\n${EVENT},\n${EVENT}\n]\n`, 'a JSON array'],
    ['a JSON array in one line', `[${EVENT},${EVENT}]`, 'a JSON array'],
    ['pretty JSON', '{\n  "impression_id": "i1"\n}\n', 'JSON objects that go over several lines'],
    ['CSV with a byte-order mark', '\ufeffimpression_id,event_time\ni1,2026\n', 'a table (CSV or the like)'],
    ['a table with tabs', 'i1\t2026\n', 'a table (CSV or the like)'],
    ['text', 'hello\n', 'another form'],
    ['gzip of CSV', gzipSync('a;b\n1;2\n'), 'a table (CSV or the like)'],
  ])('rejects %s, with its probable format and what to do', async (_, content, form) => {
    await expect(check(content)).rejects.toMatchObject({ exitCode: 2 });
    await expect(check(content)).rejects.toThrow(`not JSON lines but ${form}.`);
    await expect(check(content)).rejects.toThrow('npm run import');
  });
});
