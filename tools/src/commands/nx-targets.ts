import type { CommandDefinition } from '@ad-analytics/setup/commands.cjs';
import { runLine } from './run-line';

interface Target {
  readonly cache?: boolean;
  readonly command?: string;
}

/** The parts of a project.json that matter here. */
export interface Project {
  readonly name: string;
  readonly targets: Readonly<Record<string, Target>>;
}

/** @returns whether a line runs this command, with or without arguments */
const runs = (line: string | undefined, name: string) =>
  line === runLine(name) || line?.startsWith(`${runLine(name)} `) === true;

/** @returns whether a line runs a command without arguments */
const isPlainRun = (line = '') => line.startsWith(runLine('')) && !line.slice(runLine('').length).includes(' ');

/**
 * @param project contents of a project.json
 * @param commands of the registry
 * @returns the same with a target for each command whose target is in this project. What else a target declares stays: arguments,
 *   dependencies, inputs. A target that only runs an unknown command, or one whose target is in another project, is left out.
 */
export function withTargets<P extends Project>(project: P, commands: readonly CommandDefinition[]): P {
  const ours = new Map(
    commands.flatMap((command): [string, string][] => {
      const [owner, target] = command.target?.split(':') ?? [];
      return owner === project.name && target !== undefined ? [[target, command.name]] : [];
    }),
  );
  const kept = Object.entries(project.targets).filter(
    ([target, { command }]) => !isPlainRun(command) || command === runLine(ours.get(target) ?? ''),
  );
  const targets: Record<string, Target> = Object.fromEntries(kept);
  for (const [target, name] of ours) {
    const existing = targets[target];
    if (runs(existing?.command, name)) continue;
    targets[target] = { cache: false, ...existing, command: runLine(name) };
  }
  return { ...project, targets };
}
