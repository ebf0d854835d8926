import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS, byGroup, usage } from '@ad-analytics/setup/commands.cjs';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { generatedFiles } from './generated-files';
import { loadCommand } from './load-command';

const MADE_UP = {
  name: 'made-up',
  group: 'Results',
  summary: 'do nothing',
  needs: { python: false, application: false },
  script: true,
  target: 'tools:made-up',
  module: { path: '../made-up/made-up-command', factory: 'madeUpCommand' },
};
const names = COMMANDS.map(({ name }) => name);
/** The line of a script or target, up to the name of the command. */
const RUN = /node tools\/setup\/run\.mjs ([\w-]+)/g;

describe('the registry of commands', () => {
  it('has each name once, and each group in one place', () => {
    expect(new Set(names).size).toBe(names.length);
    expect([...byGroup(COMMANDS).values()].flat()).toEqual(COMMANDS);
  });

  it.each(COMMANDS)('has a module or a help text for $name', async ({ name, module, help }) => {
    const command = await loadCommand(name, new AbortController().signal);
    expect(command === undefined).toBe(module === undefined);
    expect(help === undefined).toBe(module !== undefined);
    if (!command) return;
    expect(command.name()).toBe(name);
    expect(command.description()).not.toBe('');
  });

  it.each(COMMANDS)('shows how to call $name in its help and in the list', async (definition) => {
    const command = await loadCommand(definition.name, new AbortController().signal);
    const call = definition.script
      ? definition.name === 'test'
        ? 'npm test'
        : `npm run ${definition.name}`
      : definition.target;
    expect(call).toBeDefined();
    if (command) expect(command.helpInformation()).toContain(`${call} -- `);
    expect(usage(COMMANDS)).toContain(definition.summary);
  });

  it.each(COMMANDS.filter(({ guide }) => guide !== undefined))(
    'links to an existing page for $name',
    ({ guide = '' }) => {
      const [file = '', anchor] = guide.split('#');
      const page = path.join(ROOT, file);
      expect(existsSync(page)).toBe(true);
      const headings = [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings).toContain(anchor);
    },
  );

  it('has every command that a script or a target runs', () => {
    const files = ['package.json', '{docs,flink,infra,tools}/project.json', '{apps,libs,tools}/*/project.json'];
    const run = globSync(files, { cwd: ROOT }).flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(RUN)].map(([, name]) => name),
    );
    expect(run.length).toBeGreaterThanOrEqual(names.length);
    expect(run.filter((name = '') => !names.includes(name))).toEqual([]);
  });

  it('has every command module of the tools', () => {
    const modules = COMMANDS.flatMap(({ module }) => (module ? [path.basename(module.path)] : [])).sort();
    const files = globSync(['tools/**/*-command.ts'], { cwd: ROOT, exclude: (name) => name === 'node_modules' });
    const withCommand = files.filter((file) =>
      /export function \w+Command\([^)]*\): Command \{\n/.test(readFileSync(path.join(ROOT, file), 'utf8')),
    );
    expect(withCommand.map((file) => path.basename(file, '.ts')).sort()).toEqual(modules);
  });
});

describe('the files derived from the registry', () => {
  it('get a script, a target, a row and an import for a new command', () => {
    const files = generatedFiles([...COMMANDS, MADE_UP]);
    expect(files.get('package.json')).toContain('"made-up": "node tools/setup/run.mjs made-up"');
    expect(files.get('tools/project.json')).toContain('"command": "node tools/setup/run.mjs made-up"');
    expect(files.get('tools/README.md')).toContain('| `npm run made-up` | do nothing |  |');
    expect(files.get('tools/src/commands/modules.ts')).toContain(
      "(await import('../made-up/made-up-command')).madeUpCommand",
    );
  });

  it('contain nothing of a removed command', () => {
    const files = generatedFiles(COMMANDS.filter(({ name }) => name !== 'verify'));
    expect(files.get('package.json')).not.toContain('"verify"');
    expect(files.get('tools/project.json')).not.toContain('"verify"');
    expect(files.get('tools/README.md')).not.toContain('`npm run verify`');
    expect(files.get('tools/src/commands/modules.ts')).not.toContain("'verify'");
  });
});
