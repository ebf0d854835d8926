import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import type { CommandDefinition } from '@ad-analytics/setup/commands.cjs';
import { modulesFile } from './modules-file';
import { type Project, withTargets } from './nx-targets';
import { type Package, withScripts } from './npm-scripts';
import { withCommandTables } from './readme-tables';

const MODULES = 'tools/src/commands/modules.ts';
const README = 'tools/README.md';
const PROJECTS = ['{docs,flink,infra,tools}/project.json', '{apps,libs,tools}/*/project.json'];

const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

/** @returns the text of a JSON file after a change; the text that it has when nothing changes, whatever its layout */
function changedJson<T>(name: string, change: (contents: T) => T): string {
  const text = read(name);
  const contents = JSON.parse(text) as T;
  const changed = JSON.stringify(change(contents), null, 2);
  return changed === JSON.stringify(contents, null, 2) ? text : changed;
}

/**
 * @param commands of the registry
 * @returns the text of each file that is derived from them, in whole or in part, before Prettier formats it; by its path in the workspace
 */
export function generatedFiles(commands: readonly CommandDefinition[]): Map<string, string> {
  return new Map([
    [MODULES, modulesFile(commands)],
    [README, withCommandTables(read(README), README, commands)],
    ['package.json', changedJson<Package>('package.json', (contents) => withScripts(contents, commands))],
    ...globSync(PROJECTS, { cwd: ROOT })
      .sort()
      .map((file): [string, string] => [file, changedJson<Project>(file, (project) => withTargets(project, commands))]),
  ]);
}
