import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';

/** The largest pipe that Linux gives to any user (/proc/sys/fs/pipe-max-size). A new pipe holds 64 KiB. */
const PIPE_BYTES = 1024 * 1024;
/** Node has no call for this. The size belongs to the pipe and lasts until its last descriptor is closed. */
const SET_PIPE_SIZE = `
import fcntl, os, sys
fcntl.fcntl(os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK), fcntl.F_SETPIPE_SZ, int(sys.argv[2]))`;

/** @returns whether a named pipe was created; Windows and some file systems do not support them */
export function makePipe(path: string): boolean {
  try {
    execFileSync('mkfifo', [path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Enlarges a pipe that is open, so that its writer and its reader wait less often for each other. Without Python or outside Linux, the pipe keeps its
 * size, which costs only speed.
 */
export function enlargePipe(path: string): void {
  try {
    execFileSync(VENV_PYTHON, ['-c', SET_PIPE_SIZE, path, String(PIPE_BYTES)], { stdio: 'ignore' });
  } catch {
    // The pipe works with any size.
  }
}

/** Receives the bytes of a pipe. */
interface Taker {
  /** @returns memory for the next piece */
  space(): Buffer;
  /** @param bytes of the piece, in that memory; an error that it throws ends the reading */
  filled(bytes: number): void;
}

/**
 * Reads a named pipe while a writer writes into it.
 * @param write opens the pipe for writing and closes it again
 * @throws the error of the consumer; without one, the error of the writer
 */
export async function readPipe(path: string, taker: Taker, write: () => Promise<void>): Promise<void> {
  // A blocking open would wait for a writer, which may fail before it opens the pipe.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  enlargePipe(path);
  const failures: unknown[] = [];
  const { socket, closed } = reader(fd, taker, failures);
  try {
    await write();
    // The reader sees the end of the pipe when a writer closes it. This does so in case `write` did not open the pipe.
    if (!socket.destroyed) closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    await closed;
  } catch (error) {
    // When the consumer fails, the writer fails as well, because the pipe has lost its reader.
    failures.push(error);
  } finally {
    socket.destroy();
  }
  if (failures.length > 0) throw failures[0];
}

function reader(fd: number, taker: Taker, failures: unknown[]) {
  const callback = (bytes: number) => {
    try {
      taker.filled(bytes);
      return true;
    } catch (error) {
      failures.push(error);
      socket.destroy();
      return false;
    }
  };
  // Node calls this before each piece.
  const buffer = () => {
    try {
      return taker.space();
    } catch (error) {
      failures.push(error);
      socket.destroy();
      return Buffer.alloc(1);
    }
  };
  const socket: Socket = new Socket({ fd, readable: true, writable: false, onread: { buffer, callback } } as never);
  const closed = new Promise<void>((resolve) => {
    socket.once('error', (error) => failures.push(error));
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  socket.resume();
  return { socket, closed };
}
