import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EXIT_USAGE, GeneratorError } from './errors';

const HOW_TO_START =
  'Start it with `npm run demo` or `node tools/setup/run.mjs stack` in another terminal.\n' +
  'Or use --out-dir DIR to write files, --endpoint URL for another emulator, --aws for AWS.';

/** What tools/src/local-stack/current-stack.ts writes, as far as it is needed here. */
const currentStackSchema = z.object({ pid: z.int().positive(), endpoint: z.url(), configFile: z.string().min(1) });

/** The local AWS that runs now. */
export type LocalStack = z.infer<typeof currentStackSchema>;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * @param root folder of the project
 * @returns where the running local stack is
 * @throws GeneratorError (exit code 2) telling how to start one when there is none
 */
export function findLocalStack(root: string): LocalStack {
  const file = path.join(root, '.run', 'current-stack.json');
  if (!existsSync(file)) throw new GeneratorError(`No local stack is running.\n${HOW_TO_START}`, EXIT_USAGE);
  let stack: LocalStack;
  try {
    stack = currentStackSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new GeneratorError(`${file} cannot be read: ${reason}`, EXIT_USAGE);
  }
  if (isRunning(stack.pid)) return stack;
  throw new GeneratorError(`The local stack of ${file} (process ${stack.pid}) has ended.\n${HOW_TO_START}`, EXIT_USAGE);
}
