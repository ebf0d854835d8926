/** docs/security.md names the tests that cover each threat, or says that it is a decision. Every named test must exist. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';

const SKIPPED = new Set(['node_modules', '.git', '.venv', '.nx', '.run', 'dist', 'target', 'cdktf.out', 'metafiles']);

/** @returns every file and folder below a folder, relative to the root, with slashes */
function entriesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const full = path.join(folder, entry.name);
    const own = `/${path.relative(ROOT, full).split(path.sep).join('/')}`;
    return entry.isDirectory() ? [own, ...entriesBelow(full)] : [own];
  });
}

const page = readFileSync(path.join(ROOT, 'docs', 'security.md'), 'utf8');
const entries = ['apps', 'flink', 'infra', 'libs', 'tools'].flatMap((folder) => entriesBelow(path.join(ROOT, folder)));
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!-|threat|flow|store|who)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const threats = rows.filter((cells) => cells.length === 4);

/** A path or file name, or the name of a Java test. */
const NAMED = /`([\w.-]+(?:\/[\w.-]+)+|[\w.-]+\.test\.ts|\w+(?:Test|IT|Properties))`/g;
/** A file of tests, a Java test, or the folder of an end-to-end check. */
const TEST = /`(?:[\w./-]+\.(?:test|e2e)\.ts|\w+(?:Test|IT|Properties)|tools\/[\w/-]+)`/;
const named = threats.flatMap(([, threat = '', answer = '']) =>
  [...answer.matchAll(NAMED)].map(([, name = '']) => ({ threat, name })),
);

describe('docs/security.md', () => {
  it('has threats', () => expect(threats.length).toBeGreaterThan(30));

  it.each(named)('names $name for "$threat", which exists', ({ name }) => {
    const suffixes = name.includes('.') || name.includes('/') ? [`/${name}`] : [`/${name}.java`];
    expect(entries.filter((entry) => suffixes.some((suffix) => entry.endsWith(suffix)))).not.toEqual([]);
  });

  it.each(threats.map(([, threat = '', answer = '']) => [threat, answer] as const))(
    'answers "%s" with a test, a command that checks it, or a decision',
    (_, answer) =>
      expect(answer).toMatch(new RegExp(`${TEST.source}|\`(?:npx nx run|npm run e2e)[^\`]*\`|[dD]ecision`)),
  );
});
