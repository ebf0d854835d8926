import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'prose of code '));
afterAll(() => rmSync(folder, { recursive: true }));

const textlint = path.join(
  path.dirname(createRequire(__filename).resolve('textlint/package.json')),
  'bin',
  'textlint.js',
);

/** @returns `<line>: <phrase>` for each finding of textlint in a file of that name and content */
function found(name: string, content: string): string[] {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const args = [textlint, '--config', path.join(__dirname, 'textlint.cjs'), '--format', 'json', file];
  try {
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'pipe' });
    return [];
  } catch (error) {
    const [{ messages }] = JSON.parse(String((error as { stdout: Buffer }).stdout)) as [
      { messages: { line: number; message: string }[] },
    ];
    return messages.map(({ line, message }) => `${line}: ${message.split(' => ')[0]?.replace(/\s+/g, ' ')}`);
  }
}

describe('the lint of prose in code', () => {
  it.each([
    ['a comment of TypeScript', 'a.ts', 'const a = 1;\n// made anew\n', ['2: anew']],
    ['a comment over two lines', 'b.ts', '/**\n * A record that is\n * no event.\n */\nconst b = 1;\n', ['2: is no']],
    ['line comments that continue', 'c.ts', '// A record that is\n// no event.\nconst c = 1;\n', ['1: is no']],
    ['a string', 'd.ts', "throw new Error('There is no zip');\n", ['1: There is no']],
    ['a template', 'e.ts', 'say(`${what} is held against ${other}`);\n', ['1: held against']],
    ['a concatenation', 'f.ts', "say(\n  'It is ' +\n    'no event.',\n);\n", ['2: is no']],
    ['a name of a test', 'g.test.ts', "it('mends the file', () => undefined);\n", ['1: mends']],
    ['text of a page', 'h.tsx', 'export const H = () => <p>Nobody reads it.</p>;\n', ['1: Nobody']],
    [
      'Java',
      'I.java',
      '/** Begins anew. */\nclass I {\n  String s = "It is no event"; // in silence\n}\n',
      ['1: anew', '3: is no', '3: in silence'],
    ],
    ['a test of Java', 'JTest.java', 'class JTest {\n  void itBeginsAnewLater() {}\n}\n', ['2: Anew']],
    ['Python', 'k.py', 'def f():\n    """Begins anew."""\n    return 1  # in silence\n', ['2: anew', '3: in silence']],
    ['a test of Python', 'l_test.py', 'def test_it_begins_anew():\n    pass\n', ['1: anew']],
    ['SQL', 'm.sql', "-- A row that is\n-- no event\nSELECT 'made anew again'\n", ['1: is no', '3: anew']],
    ['the name of a case', 'n.json', '{"name": "is no event"}\n', ['1: is no']],
  ])('finds a phrase in %s', (_what, name, content, expected) => expect(found(name, content)).toEqual(expected));

  it.each([
    ['code', 'o.ts', 'const anew = nobody(amiss);\n'],
    ['a word alone, which is a value', 'p.ts', "const user = 'nobody';\n"],
    ['an id with a capital A', 'QTest.java', 'class QTest {\n  void anIdIsANewClick() {}\n}\n'],
    ['strings that belong to different texts', 'r.ts', "const list = ['what it is', 'no event'];\n"],
  ])('ignores %s', (_what, name, content) => expect(found(name, content)).toEqual([]));
});
