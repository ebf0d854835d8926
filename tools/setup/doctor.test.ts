import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkJdk, checkNode, checkPython, examine, healthy, installHints, report } from './doctor.cjs';
import { PYTHONS_ON_PATH, findJdks, findPythons } from './toolchain.cjs';

const commands = { apt: 'apt x', dnf: 'dnf x', brew: 'brew x', winget: 'winget x' };

describe('installHints', () => {
  it.each([
    ['linux', ['apt: apt x', 'dnf: dnf x']],
    ['darwin', ['brew: brew x']],
    ['win32', ['winget: winget x']],
  ] as const)('names the package managers of %s', (platform, hints) => {
    expect(installHints(commands, platform)).toEqual(hints);
  });

  it('names all of them on another system', () => {
    expect(installHints(commands, 'freebsd')).toHaveLength(4);
  });
});

describe('report', () => {
  it('prints what to do below each missing tool', () => {
    const text = report([
      { name: 'Node', status: 'ok', detail: '22.1.0', help: [] },
      { name: 'JDK', status: 'missing', detail: 'none found', help: ['apt: install it'] },
    ]);
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      'ok        Node    22.1.0',
      'MISSING   JDK     none found',
      '-> apt: install it',
    ]);
  });
});

describe('examine', () => {
  it('reports the Node that runs it', () => {
    const node = examine().find(({ name }) => name === 'Node');
    expect(node).toMatchObject({ status: 'ok', detail: expect.stringContaining(process.versions.node) });
  });
});

describe('healthy', () => {
  const check = (status: 'ok' | 'warning' | 'download' | 'missing') => ({ name: 'x', status, detail: '', help: [] });

  it('passes with warnings and with tools that the set-up downloads', () =>
    expect(healthy([check('ok'), check('warning'), check('download')])).toBe(true));
  it('fails when a tool is missing', () => expect(healthy([check('ok'), check('missing')])).toBe(false));
});

describe('checkNode', () => {
  it('names the Node that the set-up installs if another version runs', () => {
    expect(checkNode('20.20.2', '22.23.2')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^22\.23\.2, installed by the set-up; this is 20/),
    });
    expect(checkNode('22.23.2', '22.23.2')).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^22\.23\.2 \(/),
    });
  });

  it('accepts a newer version if the set-up has none for the machine, and rejects an older one', () => {
    expect(checkNode('24.1.0', undefined)).toMatchObject({ status: 'ok' });
    expect(checkNode('20.20.2', undefined)).toMatchObject({
      status: 'missing',
      help: [expect.stringContaining('nvm install 22')],
    });
  });
});

describe('on a machine without a suitable version on the PATH', () => {
  const before = process.env['PATH'];
  let folder: string;
  /** @param code of `python3 -c`, by which venv is looked for */
  const python3 = (version: string, code = 0) => {
    const file = path.join(folder, 'python3');
    writeFileSync(file, `#!/bin/sh\n[ "$1" = --version ] && echo 'Python ${version}' && exit 0\nexit ${code}\n`);
    chmodSync(file, 0o755);
  };
  const pythons = () => findPythons(PYTHONS_ON_PATH);

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'path without tools '));
    process.env['PATH'] = folder;
  });
  afterEach(() => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true });
  });

  it.each(['3.9.18', '3.12.1', '3.13.0', '3.14.0rc2', '3.15.0'])(
    'says that the set-up downloads Python beside %s, how large it is and from where',
    (version) => {
      python3(version);
      const found = checkPython('linux', pythons());
      expect(found.status).toBe('download');
      expect(found.detail).toMatch(/^the set-up downloads 3\.11\.\d+ \(about \d+ MB.*from github\.com\//);
      expect(found.detail).toContain('too');
    },
  );

  it.each([
    ['linux', ['sudo apt install python3.11 python3.11-venv', 'sudo dnf install python3.11']],
    ['darwin', ['brew install python@3.11']],
  ] as const)('says how to install Python by hand on %s', (platform, commands) => {
    python3('3.14.0');
    const help = checkPython(platform, pythons()).help.join('\n');
    for (const command of commands) expect(help).toContain(command);
  });

  it('first asks to install the venv module if Python has none, as on a minimal Debian', () => {
    python3('3.12.3', 1);
    const found = checkPython('linux', pythons());
    expect(found).toMatchObject({ status: 'missing', detail: expect.stringContaining('3.12.3') });
    expect(found.help[0]).toBe('apt: sudo apt install python3 python3-venv   (the set-up then downloads 3.11)');
  });

  it('says that Python is missing', () => {
    expect(pythons()).toEqual([]);
    expect(checkPython('darwin', pythons())).toMatchObject({
      status: 'missing',
      detail: expect.stringContaining('Python is missing on PATH'),
      help: [expect.stringContaining('brew install python3'), ...Array(2).fill(expect.anything())],
    });
  });

  it.each([
    ['linux', 'x64', 'sudo dnf install java-21-openjdk-devel'],
    ['linux', 'arm64', 'sudo apt install openjdk-17-jdk-headless'],
    ['darwin', 'arm64', 'brew install --cask temurin@17'],
  ] as const)(
    'says that the set-up downloads a JDK on %s %s, and how to install one by hand',
    (platform, arch, hint) => {
      const found = checkJdk(platform, findJdks([folder]), arch);
      expect(found.status).toBe('download');
      expect(found.detail).toMatch(/^the set-up downloads 17\.[\d.]+\+\d+ \(about \d+ MB, from github\.com\/adoptium/);
      expect(found.help.join('\n')).toContain(hint);
    },
  );

  it('reports a missing JDK if none can be downloaded for the machine', () => {
    expect(checkJdk('linux', [], 's390x')).toMatchObject({ status: 'missing' });
  });
});
