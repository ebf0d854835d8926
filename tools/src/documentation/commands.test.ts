import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '@ad-analytics/setup/commands.cjs';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { loadCommand } from '../commands/load-command';
import { fencedCommands } from '../runbooks/fenced-commands';

const NOT_OURS = new Set(['node_modules', 'dist', 'target', 'coverage', 'cdktf.out', '.run']);
/** Options of npm and Nx themselves. */
const OF_THE_RUNNER = ['--help', '--target', '--targets', '--projects', '--verbose', '--skip-nx-cache'];
/** A word that ends a command of a shell, or begins its comment or redirection. */
const END = /^(?:&&|\|\|?|;|&|#.*|\d?>.*|<)$/;

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

interface Target {
  readonly command?: string;
  readonly executor?: string;
  readonly options?: { readonly command?: string };
}
interface Project {
  readonly name: string;
  readonly folder: string;
  readonly targets: Readonly<Record<string, Target>>;
}
const projects = new Map(
  globSync(['{docs,flink,infra,tools}/project.json', '{apps,libs,tools}/*/project.json'], { cwd: ROOT }).map((file) => {
    const { name, targets } = JSON.parse(read(file)) as Project;
    return [name, { name, folder: path.dirname(file), targets }] as const;
  }),
);

/** @returns every long option that a source file declares, such as `--out <folder>` in a string */
const declaredIn = (files: string[]): string[] =>
  files.flatMap((file) => [...read(file).matchAll(/['"`](?:-\w, )?(--[a-z][\w-]*)/g)].map(([, name = '']) => name));
const sources = (pattern: string) =>
  globSync(pattern, { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts') && !file.includes('/test/'));

/** @returns the commands of `run.mjs`, with the names of their options */
async function commandsOfTools(): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const { name } of COMMANDS) {
    const command = await loadCommand(name, new AbortController().signal);
    found.set(name, command?.options.flatMap(({ long }) => long ?? []) ?? []);
  }
  // This command forwards its options.
  found.set('dashboard', declaredIn(['apps/dashboard/src/options.ts']));
  return found;
}

const pages = globSync(['*.md', '{apps,docs,flink,infra,libs,tools}/**/*.md'], {
  cwd: ROOT,
  exclude: (name) => NOT_OURS.has(path.basename(name)),
}).sort();

/** Each command of a fenced block that npm or Nx runs: its place, and its words up to the end of the command. */
const commands = pages.flatMap((page) =>
  fencedCommands(page, read(page)).flatMap(({ line, words }) => {
    const parts: string[][] = [[]];
    for (const word of words) {
      if (word.startsWith('#')) break;
      if (END.test(word)) parts.push([]);
      else parts.at(-1)?.push(word);
    }
    return parts
      .filter(([program, next]) => program === 'npm' || (program === 'npx' && next === 'nx'))
      .map((part) => [`${page}:${line} ${part.join(' ')}`, part] as const);
  }),
);

/** @returns what is wrong with the options of a command of `run.mjs` */
function wrongOptions(known: readonly string[] | undefined, command: string, words: readonly string[]): string[] {
  if (known === undefined) return [`${command} is not a command of tools/setup/run.mjs`];
  const given = words.filter((word) => word.startsWith('--') && word !== '--').map((word) => word.split('=')[0] ?? '');
  return given
    .filter((option) => !known.includes(option) && !OF_THE_RUNNER.includes(option))
    .map((option) => `${command} has no option ${option}`);
}

/** @returns what is wrong with a target, and with the options that it gets */
function wrongTarget(tools: Map<string, readonly string[]>, name: string, options: readonly string[]): string[] {
  const [project = '', target = ''] = name.split(':');
  const found = projects.get(project);
  const definition = found?.targets[target];
  if (!found || !definition) return [`${name} is not a target`];
  const byTools = /tools\/setup\/run\.mjs ([\w-]+)/.exec(definition.command ?? '')?.[1];
  if (byTools !== undefined) return wrongOptions(tools.get(byTools), byTools, options);
  const script = definition.command?.split(' ').find((word) => /\.(?:ts|cjs|mjs|py)$/.test(word));
  const declared = declaredIn(
    script === undefined || script.endsWith('main.ts') || found.folder.startsWith('apps/')
      ? sources(`${found.folder}/{nx/*.cjs,src/{main,*options*,*command*}.ts}`)
      : [script.startsWith(found.folder) ? script : path.join(found.folder, script)],
  );
  return wrongOptions(declared, name, options);
}

/** @returns the errors in a command of a page; empty if it is correct */
function problemsOf(tools: Map<string, readonly string[]>, [program, verb, ...words]: readonly string[]): string[] {
  if (program === 'npm') {
    if (['ci', 'install', 'outdated', 'audit'].includes(verb ?? '')) return [];
    const [script = '', options] = verb === 'run' ? [words[0], words.slice(1)] : [verb, words];
    const line = scripts[script];
    if (line === undefined) return [`npm run ${script}: package.json has no such script`];
    const command = /run\.mjs ([\w-]+)/.exec(line)?.[1];
    return command === undefined ? [] : wrongOptions(tools.get(command), command, options);
  }
  const [action, ...rest] = words;
  if (action === 'run') return wrongTarget(tools, rest[0] ?? '', rest.slice(1));
  if (action === 'run-many' || action === 'affected') {
    const after = (flag: string) =>
      rest.slice(rest.indexOf(flag) + 1).filter((_, i, all) => !all.slice(0, i + 1).some((w) => w.startsWith('-')));
    const targets = rest.includes('-t') ? after('-t').flatMap((word) => word.split(',')) : [];
    const named = rest.includes('-p') ? after('-p').flatMap((word) => word.split(',')) : [...projects.keys()];
    const defaults = Object.keys((JSON.parse(read('nx.json')) as { targetDefaults: object }).targetDefaults);
    return [
      ...named.filter((name) => !projects.has(name)).map((name) => `${name} is not a project`),
      ...targets
        .filter((target) => !defaults.includes(target) && !named.some((name) => projects.get(name)?.targets[target]))
        .map((target) => `${target} is not a target of ${named.join(', ')}`),
    ];
  }
  return action === 'graph' ? [] : [`nx ${action ?? ''} is not known to this test`];
}

describe('the commands of the documentation', () => {
  let tools: Map<string, readonly string[]>;
  beforeAll(async () => {
    tools = await commandsOfTools();
  });

  it('are found', () => expect(commands.length).toBeGreaterThan(100));

  it.each(commands)('%s', (_place, words) => expect(problemsOf(tools, words)).toEqual([]));

  it.each([
    ['npm run demos', 'no such script'],
    ['npm run demo -- --second 60', 'no option --second'],
    ['npx nx run tools:e2e-rnadom', 'not a target'],
    ['npx nx run infra:deploy --envs dev', 'no option --envs'],
    ['npx nx run tools:cost -- --documents', 'no option --documents'],
    ['npx nx run-many -t tests -p flink', 'not a target'],
    ['npx nx run-many -t test -p flunk', 'not a project'],
  ])('are rejected with %s', (line, problem) => expect(problemsOf(tools, line.split(' ')).join()).toContain(problem));
});
