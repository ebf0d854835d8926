/** The commands of the workflows, resolved as they stand, with nothing in the environment but what every shell has. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npmProgram, ROOT } from '@ad-analytics/setup/layout.cjs';

const GITHUB = path.join(ROOT, '.github');
const FILES = readdirSync(GITHUB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'));

/** Every `run:` of a workflow or an action, each once; values of the matrix filled in. */
const COMMANDS = [
  ...new Set(
    FILES.flatMap((file) =>
      [...readFileSync(path.join(GITHUB, file), 'utf8').matchAll(/^ +(?:- )?run: (.+)$/gm)].map(([, command = '']) =>
        command.replaceAll('${{ matrix.environment }}', 'dev').replaceAll('"$ENVIRONMENT"', 'dev'),
      ),
    ),
  ),
];
/** So that the first run is timed on a machine that has no JDK. */
const HIDE_JDKS = 'sudo mv /usr/lib/jvm ';
const starting = (...words: readonly string[]) =>
  COMMANDS.filter((command) => words.some((word) => command.startsWith(word)));

/** What a runner has before the set-up, and what the workflow sets; NX_BASE and NX_HEAD as in a pull request that changed everything. */
const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  CI: 'true',
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_BASE: execFileSync('git', ['hash-object', '-t', 'tree', '/dev/null'], { encoding: 'utf8' }).trim(),
  NX_HEAD: 'HEAD',
};

/** @returns targets of the tasks that Nx would run for a command, none of which it runs */
function plannedTargets(command: string): Set<string> {
  const args = command.split(' ').slice(2);
  const options = { cwd: ROOT, env: ENVIRONMENT, encoding: 'utf8' as const, maxBuffer: 64 * 1024 * 1024 };
  const graph = JSON.parse(execFileSync(process.execPath, [npmProgram('nx'), ...args, '--graph=stdout'], options)) as {
    tasks: { tasks: Record<string, { target: { target: string } }> };
  };
  return new Set(Object.values(graph.tasks.tasks).map(({ target }) => target.target));
}

describe('the workflows', () => {
  it('use the actions of others by their commit', () => {
    const used = FILES.flatMap((file) =>
      [...readFileSync(path.join(GITHUB, file), 'utf8').matchAll(/\buses: (\S+)/g)].map(([, name = '']) => name),
    );
    const others = used.filter((name) => !name.startsWith('./'));
    expect(others).toContainEqual(expect.stringMatching(/^actions\/checkout@/));
    expect(others.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  it('have commands of one line each, and no other than these tests know', () => {
    for (const file of FILES) expect(readFileSync(path.join(GITHUB, file), 'utf8')).not.toMatch(/run: [|>]/);
    const known = starting('npx nx ', 'npm run ', 'node tools/', 'echo ', HIDE_JDKS);
    expect(COMMANDS.filter((command) => !known.includes(command))).toEqual([]);
    expect(known.length).toBeGreaterThan(8);
  });

  // What a pull request changes is told by git.
  const byGit = existsSync(path.join(ROOT, '.git')) ? ['npx nx affected'] : [];
  if (byGit.length === 0) console.warn('SKIPPED: `nx affected` is not resolved; this is not a clone.');

  it.each(starting('npx nx run-many', ...byGit))('%s: Nx finds tasks for each target', (command) => {
    const targets = /--targets (\S+)/.exec(command)?.[1]?.split(',') ?? [];
    expect(targets).not.toEqual([]);
    expect([...plannedTargets(command)]).toEqual(expect.arrayContaining(targets));
  });

  it.each(starting('npx nx run '))('%s: Nx knows the target', (command) => {
    expect(plannedTargets(command).size).toBeGreaterThan(0);
  });

  it.each(starting('npm run '))('%s: there is the script', (command) => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    expect(Object.keys(scripts)).toContain(command.split(' ')[2]);
  });

  it.each(starting('node '))('%s: there is the program', (command) => {
    expect(existsSync(path.join(ROOT, command.split(' ')[1] ?? ''))).toBe(true);
  });

  it('run everything on main that the whole run has', () => {
    const [checks = '', endToEnd = ''] = starting('npx nx run-many');
    for (const target of ['lint', 'typecheck', 'test', 'build', 'package']) expect(checks).toContain(target);
    for (const target of ['e2e', 'e2e-random', 'e2e-replay', 'e2e-upgrade'])
      expect(endToEnd).toMatch(new RegExp(`[ ,]${target}[ ,]`));
  });

  it('name environments that there are', () => {
    const ci = readFileSync(path.join(GITHUB, 'workflows', 'ci.yml'), 'utf8');
    const names = [...ci.matchAll(/environment: (\w+)$/gm)].map(([, name]) => name);
    expect(names).toHaveLength(3);
    for (const name of names) expect(existsSync(path.join(ROOT, 'infra', 'environments', `${name}.json`))).toBe(true);
  });
});
