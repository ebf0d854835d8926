import type { CommandDefinition } from '@ad-analytics/setup/commands.cjs';
import { runLine } from './run-line';

/** The part of a package.json that matters here. */
export interface Package {
  readonly scripts: Readonly<Record<string, string>>;
}

/**
 * @param contents of package.json
 * @param commands of the registry
 * @returns the same with one script for each command that has one; the scripts that do not run a command follow them
 */
export function withScripts<P extends Package>(contents: P, commands: readonly CommandDefinition[]): P {
  const others = Object.entries(contents.scripts).filter(([, line]) => !line.startsWith(runLine('')));
  const ours = commands.filter(({ script }) => script).map(({ name }) => [name, runLine(name)]);
  return { ...contents, scripts: Object.fromEntries([...ours, ...others]) };
}
