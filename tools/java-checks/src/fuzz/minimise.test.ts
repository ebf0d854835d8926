import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { corpusSize, minimise, replaceInputs } from './minimise';
import { FUZZ_TARGETS, committedInputs } from './fuzz-tests';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'fuzz-'))));
afterEach(() => rmSync(root, { recursive: true }));

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const full = path.join(root, name);
  mkdirSync(full, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(full, file), text);
  return full;
}

describe('replaceInputs', () => {
  it('replaces the old inputs by the new ones, and keeps findings', () => {
    const committed = folder('committed', { both: '1', old: '22', 'crash-0a': 'x', 'timeout-0b': 'y' });
    const fewest = folder('fewest', { both: '1', new: '333' });
    expect(corpusSize(committed)).toEqual({ inputs: 2, bytes: 3 });
    replaceInputs(committed, fewest);
    expect(readdirSync(committed).sort()).toEqual(['both', 'crash-0a', 'new', 'timeout-0b']);
    expect(readFileSync(path.join(committed, 'new'), 'utf8')).toBe('333');
    expect(corpusSize(committed)).toEqual({ inputs: 2, bytes: 4 });
  });
});

describe('minimise', () => {
  const test = FUZZ_TARGETS['kpl-reader'][0]!;

  /** @returns a program that replaces Java and behaves like Jazzer */
  function jazzer(script: string): string {
    const file = path.join(root, 'java');
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }
  const environment = (java: string) => ({
    ...{ java, classPath: 'none', flink: root, folder: root },
    interrupted: new AbortController().signal,
  });

  it('commits what Jazzer leaves in the first folder', async () => {
    const committed = folder(path.relative(root, committedInputs(root, test)), { old: '1' });
    await minimise(environment(jazzer('for last; do :; done; echo 22 > "$last.fewest/new"')), test);
    expect(readdirSync(committed)).toEqual(['new']);
    expect(readdirSync(root)).not.toContain(`${test.name}.fewest`);
  });

  it.each([
    ['fails', 'exit 3'],
    ['finds nothing', 'exit 0'],
  ])('leaves the committed inputs as they are when Jazzer %s', async (_, script) => {
    const committed = folder(path.relative(root, committedInputs(root, test)), { old: '1' });
    await expect(minimise(environment(jazzer(script)), test)).rejects.toThrow(/did not minimise/);
    expect(readdirSync(committed)).toEqual(['old']);
  });
});
