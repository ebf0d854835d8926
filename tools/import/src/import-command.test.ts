import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { importCommand } from './import-command';

const ROWS = 'impression_id,event_time,user_id,campaign_id,ad_id,publisher_id\ni1,2026-11-20T10:00:00Z,u1,c1,a1,p1\n';

const CUT_JSON = '[{"event_time":"","user_id":"","campaign_id":"",\n"ad_id":"","publisher_id":""}, {"event_time":';

let folder: string;
let printed: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'an import '));
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => path.join(folder, name);
function file(name: string, content: string | Buffer): string {
  writeFileSync(at(name), content);
  return at(name);
}
const run = (signal: AbortSignal, ...args: string[]) =>
  importCommand(signal).exitOverride().parseAsync(args, { from: 'user' });
const never = new AbortController().signal;
const contract = (...args: string[]) => run(never, ...args, '--mapping', 'contract', '--out', at('out'));

it('imports the files of a pattern, prints what it did and the next command', async () => {
  file('1.csv', ROWS);
  file('2.csv', ROWS.replace('i1', 'i2').replace('u1,', ','));
  await contract(at('*.csv'));
  const text = printed.join('\n');
  expect(text).toContain('2 rows = 1 impressions + 0 clicks + 1 not imported');
  expect(text).toContain('1  user_id: is missing');
  expect(text).toContain(`npm run pipeline -- --impressions "${at('out')}/impressions.jsonl"`);
  expect(readdirSync(at('out')).sort()).toEqual(['clicks.jsonl', 'impressions.jsonl', 'not-imported.jsonl']);
  expect(readFileSync(at('out/clicks.jsonl'), 'utf8')).toBe('');
});

it('replaces an earlier import only when the new one is complete', async () => {
  await contract(file('1.csv', ROWS));
  await expect(contract(file('2.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({ exitCode: 2 });
  expect(readFileSync(at('out/impressions.jsonl'), 'utf8')).toContain('i1');
  await contract(file('1.csv', ROWS.replace('i1', 'i2')));
  expect(readFileSync(at('out/impressions.jsonl'), 'utf8')).toContain('i2');
});

// Every write to this device fails as on a full disk. It exists on Linux only.
(existsSync('/dev/full') ? it : it.skip)(
  'names the file for which the disk has no space, and leaves no files',
  async () => {
    mkdirSync(at('out'));
    symlinkSync('/dev/full', at('out/impressions.jsonl.part'));
    await expect(contract(file('1.csv', ROWS))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/out\/impressions\.jsonl\.part cannot be written: ENOSPC/),
    });
    expect(readdirSync(at('out'))).toEqual([]);
  },
);

it('writes nothing when someone removes a file before the import is complete', async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation(() => {
    rmSync(at('out/clicks.jsonl.part'), { force: true });
    return true;
  });
  await expect(contract(file('1.csv', ROWS))).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/out\/clicks\.jsonl\.part was removed/),
  });
  expect(readdirSync(at('out'))).toEqual([]);
});

it('uses a mapping of the user, with options for a table without a header', async () => {
  const mapping = file(
    'my.sql',
    "-- @columns t, u\nSELECT time_from_seconds(t) AS event_time, u AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id FROM source",
  );
  await run(
    never,
    file('1.log', '1763632800;u1\n'),
    '--mapping',
    mapping,
    '--delimiter',
    'semicolon',
    '--out',
    at('out'),
  );
  expect(readFileSync(at('out/impressions.jsonl'), 'utf8')).toContain(
    '"event_time":"2025-11-20T10:00:00.000Z","user_id":"u1"',
  );
});

it('leaves no files when it is interrupted', async () => {
  const interrupted = AbortSignal.abort(new Error('Ctrl-C'));
  await expect(run(interrupted, file('1.csv', ROWS), '--mapping', 'contract', '--out', at('out'))).rejects.toThrow(
    'Ctrl-C',
  );
  expect(existsSync(at('out')) ? readdirSync(at('out')) : []).toEqual([]);
});

const SELECT =
  "SELECT '2026-11-20T10:00:00Z' AS event_time, 'u' AS user_id, 'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id";
it.each<[string, RegExp, () => Promise<unknown>]>([
  ['a file that is not there', /File not found/, () => contract(at('none.csv'))],
  ['a pattern that no file matches', /No file matches/, () => contract(at('*.none'))],
  ['a folder', /is a folder/, () => contract(folder)],
  ['bzip2', /bunzip2/, () => contract(file('a.csv', 'BZh91AY'))],
  ['a ZIP archive', /ZIP archive/, () => contract(file('a.xlsx', 'PK\u0003\u0004'))],
  ['JSON that is cut', /cannot be read/, () => contract(file('a.json', CUT_JSON))],
  ['files without one event', /No row became an event/, () => contract(file('a.csv', ROWS.replace('u1', '')))],
  ['an unknown mapping', /ipinyou/, () => run(never, file('a.csv', ROWS), '--mapping', 'none', '--out', at('out'))],
  ['an unknown column', /unknown column colour/, () => withSql(`${SELECT}, 1 AS colour FROM source`)],
  ['a missing column', /does not return user_id/, () => withSql("SELECT '' AS event_time FROM source")],
  [
    'clicks without impression_id',
    /does not return impression_id/,
    () => withSql(`${SELECT}, '' AS click_id FROM source`),
  ],
  ['a time that is a number', /time_from_seconds/, () => withSql(`${SELECT.replace(/'2.*Z'/, '5')} FROM source`)],
  ['wrong SQL', /does not fit the files.*\n[\s\S]*columns impression_id/, () => withSql('SELECT x FROM source')],
  [
    'two ways to say what is a click',
    /not both/,
    () => withSql(`${SELECT}, true AS clicked, 'click' AS event_type FROM source`),
  ],
  ['no query', /holds no query/, () => withSql('-- nothing')],
  ['an unknown key', /unknown directive @delimeter/, () => withSql('-- @delimeter tab\nSELECT 1')],
  ['a folder with other files', /holds other files \(a file of the user\)/, () => contractInto(folder)],
])('rejects %s as invalid usage, with an explanation', async (_what, message, act) => {
  await expect(act()).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
});

function withSql(sql: string) {
  return run(never, file('a.csv', ROWS), '--mapping', file('my.sql', sql), '--out', at('out'));
}
function contractInto(out: string) {
  file('a file of the user', '');
  return run(never, file('a.csv', ROWS), '--mapping', 'contract', '--out', out);
}

it.each([
  ['--memory', '10MB'],
  ['--memory', 'much'],
  ['--time-zone', 'Beijing'],
])('refuses %s %s', async (option, value) => {
  await expect(contract(file('a.csv', ROWS), option, value)).rejects.toMatchObject({
    code: 'commander.invalidArgument',
  });
});
