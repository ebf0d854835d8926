import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { npmState } from './npm-packages.cjs';

type Packages = Record<string, { version?: string; optional?: boolean }>;

let root: string;
const write = (file: string, packages: Packages) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
};

beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'npm state '))));
afterEach(() => rmSync(root, { recursive: true }));

const lockfile: Packages = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-another-system': { version: '2.0.0', optional: true },
};

describe('npmState', () => {
  it('requires an install on a fresh clone', () => {
    write('package-lock.json', lockfile);
    expect(npmState(root).upToDate).toBe(false);
  });

  it('requires none after a completed install, until the lockfile changes', () => {
    write('package-lock.json', lockfile);
    mkdirSync(path.join(root, 'node_modules'));
    npmState(root).stamp();
    expect(npmState(root).upToDate).toBe(true);
    write('package-lock.json', { ...lockfile, 'node_modules/a': { version: '1.0.1' } });
    expect(npmState(root).upToDate).toBe(false);
  });

  it('requires none if the user ran npm with the same outcome', () => {
    write('package-lock.json', lockfile);
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
    expect(npmState(root).upToDate).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/a': { version: '0.9.0' } }],
    ['a missing package', {}],
  ])('requires an install if npm has left %s', (_, installed) => {
    write('package-lock.json', lockfile);
    write('node_modules/.package-lock.json', installed as Packages);
    expect(npmState(root).upToDate).toBe(false);
  });
});
