import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { downloadJdk } from './download-jdk.cjs';
import { downloadedJdks } from './downloads.cjs';
import { JDK_REQUIREMENTS, VENV_PYTHON, pythonIn } from './layout.cjs';
import { pipEnvironment, pipInstallArguments } from './python-environment.cjs';
import { findJdks } from './toolchain.cjs';

jest.setTimeout(120_000);

const folder = mkdtempSync(path.join(os.tmpdir(), 'download jdk '));
const python = pythonIn(path.join(folder, 'venv'));
const certificate = path.join(folder, 'certificate.pem');
const key = path.join(folder, 'key.pem');

/** @returns why the download cannot be tested on this machine; undefined if it can */
function obstacle(): string | undefined {
  const why = (what: string, { error, stderr }: SpawnSyncReturns<string>) =>
    `${what}: ${error?.message ?? stderr.trim().split('\n').at(-1)}`;
  const run = (command: string, args: string[], env = process.env) =>
    spawnSync(command, args, { encoding: 'utf8', env });
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate];
  const made = run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files]);
  if (made.status !== 0) return why('no certificate for a local server', made);
  const venv = run(VENV_PYTHON, ['-m', 'venv', path.join(folder, 'venv')]);
  if (venv.status !== 0) return why('no environment', venv);
  const installed = run(python, pipInstallArguments(JDK_REQUIREMENTS), pipEnvironment());
  return installed.status === 0 ? undefined : why('cjdk cannot be installed', installed);
}

/** @returns a .tar.gz of a fake JDK that can only print its version */
function smallJdk(home: readonly string[]): Buffer {
  const root = mkdtempSync(path.join(folder, 'archive '));
  const bin = path.join(root, ...home, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const program of ['java', 'javac']) {
    writeFileSync(path.join(bin, program), `#!/bin/sh\necho 'openjdk version "17.0.99"'\n`);
    chmodSync(path.join(bin, program), 0o755);
  }
  const file = path.join(root, 'jdk.tar.gz');
  spawnSync('tar', ['-czf', file, '-C', root, home[0] as string]);
  return readFileSync(file);
}

afterAll(() => rmSync(folder, { recursive: true }));

const reason = obstacle();
const whereItCan = reason === undefined ? it : it.skip;

describe(`downloadJdk${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  /** Serves the archive, downloads it with the given hash, and looks for a JDK. */
  async function download(archive: Buffer, sha256: string) {
    const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) =>
      response.end(archive),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}/jdk.tar.gz`;
    const into = mkdtempSync(path.join(folder, 'into '));
    const env = { ...process.env, REQUESTS_CA_BUNDLE: certificate, NO_PROXY: 'localhost' };
    try {
      await downloadJdk(python, { url, sha256 }, { folder: into, env, log: path.join(into, 'log') });
    } finally {
      server.close();
    }
    return findJdks(downloadedJdks(into));
  }
  const hash = (archive: Buffer) => createHash('sha256').update(archive).digest('hex');

  beforeEach(() => void jest.spyOn(process.stderr, 'write').mockImplementation(() => true));
  afterEach(() => jest.restoreAllMocks());

  whereItCan.each([
    ['Linux', ['jdk-17.0.99+1']],
    ['macOS', ['jdk-17.0.99+1', 'Contents', 'Home']],
  ])('unpacks an archive as it is for %s to where it is found', async (_, home) => {
    const archive = smallJdk(home);
    expect(await download(archive, hash(archive))).toMatchObject([{ good: true, version: '17.0.99' }]);
  });

  whereItCan('refuses an archive with another hash', async () => {
    const archive = smallJdk(['jdk-17.0.99+1']);
    await expect(download(archive, hash(Buffer.from('another')))).rejects.toThrow(/failed[^]*(hash|SHA-?256)/i);
  });
});
