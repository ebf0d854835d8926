import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { described, downloadedJdks, downloadedPythons, jdkArchive } from './downloads.cjs';

describe('jdkArchive', () => {
  it.each([
    ['linux', 'x64', 'x64_linux'],
    ['linux', 'arm64', 'aarch64_linux'],
    ['darwin', 'x64', 'x64_mac'],
    ['darwin', 'arm64', 'aarch64_mac'],
  ])('has one, with its hash, for %s %s', (platform, arch, name) => {
    const archive = jdkArchive(platform, arch, {});
    expect(archive?.url).toMatch(
      /^https:\/\/github\.com\/adoptium\/temurin17-binaries\/releases\/download\/.+\.tar\.gz$/,
    );
    expect(archive?.url).toContain(name);
    expect(archive?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has none for other machines', () => expect(jdkArchive('linux', 's390x', {})).toBeUndefined());

  it('takes a mirror', () => {
    const env = { JDK_INSTALL_MIRROR: 'https://mirror.example/temurin/' };
    expect(jdkArchive('linux', 'x64', env)?.url).toMatch(/^https:\/\/mirror\.example\/temurin\/jdk-17/);
    expect(described('jdk', env)).toContain('from https://mirror.example/temurin/, as JDK_INSTALL_MIRROR says');
  });
});

describe('what has been downloaded', () => {
  let folder: string;
  const file = (...names: string[]) => {
    const where = path.join(folder, ...names);
    mkdirSync(path.dirname(where), { recursive: true });
    writeFileSync(where, '');
    return where;
  };
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'downloaded tools '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is nothing at first', () => {
    expect(downloadedJdks(path.join(folder, 'absent'))).toEqual([]);
    expect(downloadedPythons(path.join(folder, 'absent'))).toEqual([]);
  });

  it.each([
    ['on Linux', ['v0', 'misc-dirs', 'ab12', 'jdk-17.0.1+1']],
    ['on macOS', ['v0', 'misc-dirs', 'ab12', 'jdk-17.0.1+1', 'Contents', 'Home']],
  ])('is found %s', (_, home) => {
    file(...home, 'bin', 'javac');
    expect(downloadedJdks(folder)).toEqual([path.join(folder, ...home)]);
  });

  it('is one Python, though uv keeps a link next to it', () => {
    const python = file('cpython-3.11.9-linux-x86_64-gnu', 'bin', 'python3');
    symlinkSync('cpython-3.11.9-linux-x86_64-gnu', path.join(folder, 'cpython-3.11-linux-x86_64-gnu'));
    expect(downloadedPythons(folder)).toEqual([python]);
  });
});
