import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { currentCommit } from './machine';

describe('the commit of the sources', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'a repository '))));
  afterEach(() => rmSync(root, { recursive: true }));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const commit = (file: string, text: string) => {
    write(file, text);
    git('add', '.');
    git('commit', '-q', '-m', file);
    return git('rev-parse', '--short', 'HEAD');
  };

  it('is the last one that changed more than reports', () => {
    git('init', '-q');
    const first = commit('source.ts', '1');
    expect(currentCommit(root)).toBe(first);
    commit('docs/reliability/README.md', 'a row');
    write('docs/reliability/README.md', 'another row');
    expect(currentCommit(root)).toBe(first);
    write('source.ts', '2');
    expect(currentCommit(root)).toBe(`${first}-dirty`);
    const second = commit('source.ts', '3');
    expect(currentCommit(root)).toBe(second);
  });

  it('is unknown outside a repository', () => expect(currentCommit(root)).toBeUndefined());
});
