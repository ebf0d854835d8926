import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/**
 * The tool's side of the watchdog (see watchdog-process.cjs): registers process groups and files that must not outlive the tool. One per
 * run; call `close` when everything is stopped.
 */
export class Watchdog {
  private constructor(private readonly child: ChildProcess) {}

  /** Starts the watchdog process in a separate session, so that it does not receive signals of the terminal. */
  static start(): Watchdog {
    const child = spawn(process.execPath, [path.join(__dirname, 'watchdog-process.cjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // If the watchdog dies, a broken pipe must not end the tool, which still stops its parts itself.
    child.stdin?.on('error', () => {});
    child.unref();
    return new Watchdog(child);
  }

  /** @param pid leader of a process group to kill when the tool dies */
  guard(pid: number): void {
    this.send({ guard: pid });
  }

  /** @param pid leader of a group that has ended */
  release(pid: number): void {
    this.send({ release: pid });
  }

  /** @param file JSON file to remove when the tool ends in any way, if its "pid" is this process */
  guardFile(file: string): void {
    this.send({ file, pid: process.pid });
  }

  /** Ends the watchdog; it removes the announced files and kills groups that were not released. */
  close(): void {
    this.child.stdin?.end();
  }

  private send(message: object): void {
    this.child.stdin?.write(`${JSON.stringify(message)}\n`);
  }
}
