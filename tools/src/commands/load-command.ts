import type { Command } from 'commander';
import { COMMANDS, callOf } from '@ad-analytics/setup/commands.cjs';
import { COMMAND_MODULES } from './modules';

/**
 * Loads one command, and only its module: all of them together take seconds.
 * @param name as tools/setup/commands.cjs defines it
 * @param interrupted asks the command to end
 * @returns the command, its help with the way to call it; undefined when no module has it
 */
export async function loadCommand(name: string, interrupted: AbortSignal): Promise<Command | undefined> {
  const load = COMMAND_MODULES.get(name);
  const definition = COMMANDS.find((candidate) => candidate.name === name);
  if (!load || !definition) return undefined;
  const create = await load();
  const command = create(interrupted);
  const names = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}${argument.variadic ? '...' : ''}> ` : `[${argument.name()}] `,
  );
  return command.configureHelp({ commandUsage: () => `${callOf(definition)} -- ${names.join('')}[options]` });
}
