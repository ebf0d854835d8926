import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The file that a running local stack writes: the fields that other programs need. */
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

/** Addresses of the running local stack. */
export type LocalStackAddress = z.infer<typeof addressSchema>;

/** The local stack is missing; the message says why, and the caller adds what to do. */
export class LocalStackAddressError extends Error {
  override readonly name = 'LocalStackAddressError';

  /** @param message why @param kind `absent`: no stack is running; `unreadable`: the file is broken */
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
    // The process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * @param root folder of the project
 * @returns addresses of the running local stack
 * @throws LocalStackAddressError when no stack is running, or `.run/current-stack.json` is invalid
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
