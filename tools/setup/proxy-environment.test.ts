import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { uvArguments } from './download-python.cjs';
import { VENV_PYTHON } from './layout.cjs';
import { npmCommand } from './npm-packages.cjs';
import { proxyEnvironment } from './proxy-environment.cjs';
import { findJdks, firstGood } from './toolchain.cjs';
import { programFor } from './with-toolchain.cjs';

// Programs are started, Maven among them: slow on a busy machine, which is not a failure.
jest.setTimeout(120_000);

describe('proxyEnvironment', () => {
  it('adds nothing without a proxy', () => expect(proxyEnvironment({ NO_PROXY: 'a' })).toEqual({}));

  it.each(['HTTPS_PROXY', 'https_proxy'])('gives %s in both spellings, and keeps local addresses from it', (name) => {
    expect(proxyEnvironment({ [name]: 'http://proxy:3128', NO_PROXY: '.corp.example, 10.0.0.1:8080' })).toEqual({
      HTTPS_PROXY: 'http://proxy:3128',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: '.corp.example,10.0.0.1:8080,localhost,127.0.0.1,::1',
      no_proxy: '.corp.example,10.0.0.1:8080,localhost,127.0.0.1,::1',
      MAVEN_OPTS:
        '-Dhttps.proxyHost=proxy -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=*.corp.example|10.0.0.1|localhost|127.0.0.1|::1 ' +
        '-Daether.connector.http.useSystemProperties=true',
    });
  });

  it('gives Maven name and password, and a proxy without a scheme', () => {
    const { MAVEN_OPTS } = proxyEnvironment({
      HTTP_PROXY: 'proxy',
      HTTPS_PROXY: 'http://me:p%40ss@proxy:81',
      MAVEN_OPTS: '-Xmx1g',
    });
    expect(MAVEN_OPTS).toMatch(/^-Xmx1g -Dhttp\.proxyHost=proxy -Dhttp\.proxyPort=80 /);
    expect(MAVEN_OPTS).toContain('-Dhttps.proxyUser=me -Dhttps.proxyPassword=p@ss');
  });

  it('leaves a proxy alone that MAVEN_OPTS names', () => {
    const MAVEN_OPTS = '-Dhttps.proxyHost=other';
    expect(proxyEnvironment({ HTTPS_PROXY: 'http://proxy:1', MAVEN_OPTS })).toMatchObject({ MAVEN_OPTS });
  });
});

describe('what the set-up starts', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'proxy '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a program behind a proxy that refuses everything. @returns the hosts that it was asked for */
  async function askedFor(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
    const hosts: string[] = [];
    const proxy = createServer((request, response) => {
      hosts.push(new URL(request.url ?? '').hostname);
      response.writeHead(403).end();
    });
    proxy.on('connect', (request, socket) => {
      hosts.push((request.url ?? '').split(':')[0] as string);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
    const own = { ...clean, ...env, HTTPS_PROXY: url };
    const child = spawn(command, args, { cwd: folder, env: { ...own, ...proxyEnvironment(own) }, stdio: 'ignore' });
    await once(child, 'exit');
    proxy.closeAllConnections();
    proxy.close();
    return [...new Set(hosts)];
  }

  it('asks the proxy for npm packages, of the registry that npm is set to', async () => {
    const [npm, first] = npmCommand();
    const view = [
      'view',
      'left-pad',
      '--registry',
      'https://npm.mirror.example/',
      '--fetch-retries',
      '0',
      '--cache',
      folder,
    ];
    expect(await askedFor(npm, [...first, ...view], {})).toEqual(['npm.mirror.example']);
  });

  it('asks the proxy for Python packages, of the index that pip is set to', async () => {
    const download = ['-m', 'pip', 'download', '--no-deps', '--retries', '0', '--no-cache-dir', 'left-pad'];
    const env = { PIP_INDEX_URL: 'https://pip.mirror.example/simple' };
    expect(await askedFor(VENV_PYTHON, download, env)).toEqual(['pip.mirror.example']);
  });

  it('asks the proxy for Python', async () => {
    const hosts = await askedFor(VENV_PYTHON, uvArguments(folder), { UV_HTTP_RETRIES: '0' });
    // uv tries its own copy of the releases first.
    expect(hosts).toContain('github.com');
  });

  it('asks the proxy for what Maven wants', async () => {
    const parent = '<parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version><relativePath/></parent>';
    const pom = path.join(folder, 'pom.xml');
    writeFileSync(pom, `<project><modelVersion>4.0.0</modelVersion>${parent}<artifactId>c</artifactId></project>`);
    const maven = programFor(['maven', '-B', '-ntp', '-f', pom, `-Dmaven.repo.local=${folder}`, 'validate']);
    const env = { JAVA_HOME: firstGood(findJdks())?.home };
    expect(await askedFor(maven?.command ?? '', maven?.args ?? [], env)).toEqual(['repo.maven.apache.org']);
  });
});
