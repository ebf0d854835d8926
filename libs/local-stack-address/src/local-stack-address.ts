import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What the local stack of `tools` writes when it runs, as far as other programs need it. */
const addressSchema = z.object({
  /** Process that holds the stack. */
  pid: z.int().positive(),
  /** URL of the local AWS. */
  endpoint: z.url(),
  region: z.string().min(1),
  /** Effective settings of this run. */
  configFile: z.string().min(1),
  /** URL of Flink's REST API. */
  flinkRest: z.url(),
});

/** Where the parts of the running local stack are. */
export type LocalStackAddress = z.infer<typeof addressSchema>;

/** The local stack is missing; the message says why, the caller adds what to do about it. */
export class LocalStackAddressError extends Error {
  override readonly name = 'LocalStackAddressError';

  /** @param message why @param kind `absent`: none runs (any more); `unreadable`: the file that should tell is broken */
  constructor(
    message: string,
    readonly kind: 'absent' | 'unreadable',
  ) {
    super(message);
  }
}

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
 * @throws LocalStackAddressError when none runs, or `.run/current-stack.json` is not what it should be
 */
export function findLocalStack(root: string): LocalStackAddress {
  const file = path.join(root, '.run', 'current-stack.json');
  if (!existsSync(file)) throw new LocalStackAddressError('No local stack is running.', 'absent');
  let address: LocalStackAddress;
  try {
    address = addressSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new LocalStackAddressError(`${file} cannot be read: ${reason}`, 'unreadable');
  }
  if (isRunning(address.pid)) return address;
  throw new LocalStackAddressError(`The local stack of ${file} (process ${address.pid}) has ended.`, 'absent');
}
