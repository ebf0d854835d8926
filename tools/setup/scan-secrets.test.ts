import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SUPPLY_CHAIN } from './layout.cjs';

const installed = existsSync(path.join(SUPPLY_CHAIN, 'node_modules'));
if (!installed)
  console.warn('SKIPPED: the secrets scanner is not tried: run npx nx run tools:secrets once to install it.');

/** Put together here, so that the scan of this repository does not find them. */
const SECRETS = {
  AWSAccessKeyID: `AKIA${'QWERTYUIOPASDFGH'}`,
  GitHubToken: `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`,
};

describe('the scan of the history', () => {
  let repository: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: repository });
  const commit = (content: string) => {
    writeFileSync(path.join(repository, 'a file.txt'), content);
    git('add', '.');
    git('commit', '-qm', 'x');
  };
  const scan = () =>
    spawnSync(process.execPath, [path.join(SUPPLY_CHAIN, 'scan-history.mjs'), repository], { encoding: 'utf8' });
  beforeEach(() => {
    repository = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'history '));
    git('init', '-q');
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  (installed ? it : it.skip)('finds what was removed later, and does not print it', () => {
    commit(Object.values(SECRETS).join('\n'));
    commit('account 123456789012');
    const { status, stdout } = scan();
    expect(status).toBe(1);
    expect(stdout).toContain('a file.txt:1 in ');
    expect(stdout).toContain('2 versions of files: 2 possible secrets');
    for (const [, secret] of Object.entries(SECRETS)) expect(stdout).not.toContain(secret);
  });

  (installed ? it : it.skip)('knows a text of known-secrets.json, and no other text of its kind and file', () => {
    // The key of the made-up user in tools/e2e/src/isolation/user-aws.ts.
    const known = `AKIA${'USERSOWNKEY00000'}`;
    commit(known);
    expect(scan()).toMatchObject({ status: 0, stdout: expect.stringContaining('0 possible secrets, and 1 known') });
    commit([known, SECRETS.AWSAccessKeyID, `AKIA${'HGFDSAPOIUYTREWQ'}`].join('\n'));
    const { status, stdout } = scan();
    expect(status).toBe(1);
    expect(stdout).toContain('2 possible secrets, and 1 known');
    expect(
      stdout
        .split('\n')
        .slice(0, -2)
        .map((line) => line.split(' in ')[0]),
    ).toEqual(['a file.txt:2', 'a file.txt:3']);
  });

  (installed ? it : it.skip)('finds nothing in a history without secrets', () => {
    commit('account 123456789012');
    expect(scan()).toMatchObject({ status: 0, stdout: expect.stringContaining('1 versions of files: 0 possible') });
  });
});
