import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findJdks, findPythons, firstGood, checkJava, checkPython } from './toolchain.cjs';

describe('checkPython', () => {
  it.each(['Python 3.10.0', 'Python 3.11.7\n'])('takes %j', (text) => expect(checkPython(text)?.good).toBe(true));

  it.each([
    ['Python 2.7.18', 'too old'],
    ['Python 3.9.18', 'MiniStack'],
    ['Python 3.12.1', 'too new'],
    ['Python 3.13.0rc1', 'too new'],
  ])('says of %j why not: %s', (text, reason) => {
    expect(checkPython(text)).toMatchObject({ good: false, problem: expect.stringContaining(reason) });
  });

  it('makes nothing of other output', () =>
    expect(checkPython('pyenv: python3.10: command not found')).toBeUndefined());
});

describe('checkJava', () => {
  it.each([
    ['openjdk version "11.0.2" 2019-01-15', '11.0.2'],
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime', '17.0.15'],
    ['java version "21" 2023-09-19 LTS', '21'],
    ['javac 17.0.15', '17.0.15'],
  ])('takes %j', (text, version) => expect(checkJava(text)).toEqual({ version, good: true, problem: undefined }));

  it.each([
    ['java version "1.8.0_392"', 'too old'],
    ['openjdk version "25.0.1" 2025-10-21', 'too new'],
  ])('says of %j why not: %s', (text, reason) => {
    expect(checkJava(text)).toMatchObject({ good: false, problem: expect.stringContaining(reason) });
  });
});

describe('looking for tools', () => {
  let folder: string;
  const program = (file: string, output: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho '${output}'\n`);
    chmodSync(file, 0o755);
    return file;
  };

  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'tool chain '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('goes on to the next Python when the first is of another version', () => {
    const wrong = program(path.join(folder, 'python3'), 'Python 3.13.0');
    const right = program(path.join(folder, 'python3.11'), 'Python 3.11.7');
    const found = findPythons([wrong, path.join(folder, 'absent'), right]);
    expect(found.map(({ command, good }) => [command, good])).toEqual([
      [wrong, false],
      [right, true],
    ]);
    expect(firstGood(found)?.command).toBe(right);
  });

  it('starts no program after the first usable one', () => {
    const right = program(path.join(folder, 'python3.11'), 'Python 3.11.7');
    const jdk = (name: string) => {
      program(path.join(folder, name, 'bin', 'javac'), 'javac 17.0.1');
      program(path.join(folder, name, 'bin', 'java'), 'openjdk version "17.0.1"');
      return path.join(folder, name);
    };
    const started = path.join(folder, 'started');
    const other = path.join(folder, 'python3.10');
    writeFileSync(other, `#!/bin/sh\ntouch '${started}'\n`);
    chmodSync(other, 0o755);
    const otherJdk = jdk('jdk-21');
    writeFileSync(path.join(otherJdk, 'bin', 'java'), `#!/bin/sh\ntouch '${started}'\n`);
    expect(findPythons([right, other])).toHaveLength(1);
    expect(findJdks([jdk('jdk-17'), otherJdk])).toHaveLength(1);
    expect(existsSync(started)).toBe(false);
  });

  it('knows of a Python of another version whether it has venv, with which the set-up can bring the right one', () => {
    const other = program(path.join(folder, 'python3'), 'Python 3.14.0');
    expect(findPythons([other])).toMatchObject([
      { good: false, venv: true, problem: expect.stringContaining('too new') },
    ]);
  });

  it('does not take a Java without a compiler', () => {
    program(path.join(folder, 'jre', 'bin', 'java'), 'openjdk version "17.0.1"');
    program(path.join(folder, 'jdk', 'bin', 'java'), 'openjdk version "17.0.1"');
    program(path.join(folder, 'jdk', 'bin', 'javac'), 'javac 17.0.1');
    const found = findJdks([path.join(folder, 'jre'), path.join(folder, 'none'), path.join(folder, 'jdk')]);
    expect(found.map(({ home, good }) => [path.basename(home), good])).toEqual([
      ['jre', false],
      ['jdk', true],
    ]);
    expect(found[0]?.problem).toContain('javac is missing');
  });
});
