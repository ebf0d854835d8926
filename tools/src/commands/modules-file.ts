import type { CommandDefinition } from '@ad-analytics/setup/commands.cjs';

/**
 * @param commands of the registry
 * @returns the TypeScript file that imports the module of one command when it is asked for; TypeScript, Nx, ESLint and knip follow its
 *   imports, as they could not follow a path in a variable
 */
export function modulesFile(commands: readonly CommandDefinition[]): string {
  const entries = commands.flatMap(({ name, module }) =>
    module ? [`['${name}', async () => (await import('${module.path}')).${module.factory}],`] : [],
  );
  return `// Written by \`npx nx run tools:generate\` from tools/setup/commands.cjs; do not edit.
import type { Command } from 'commander';

/** Loads the module of a command; its function takes the signal of an interruption. */
type LoadCommand = () => Promise<(interrupted: AbortSignal) => Command>;

/** The commands that the set-up does not run itself, by name. */
export const COMMAND_MODULES: ReadonlyMap<string, LoadCommand> = new Map<string, LoadCommand>([
${entries.join('\n')}
]);
`;
}
