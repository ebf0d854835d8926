import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitUntil } from '@ad-analytics/command-line/wait-until';

const POLL_MS = 200;

/** A command of the tools, run like by a user, in a given copy of the project. */
export class ToolProcess {
  private text = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  /**
   * @param root folder of the project
   * @param args command and options
   */
  constructor(root: string, args: readonly string[]) {
    const loader = pathToFileURL(path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
    this.child = spawn(process.execPath, ['--import', loader, path.join(root, 'tools', 'src', 'main.ts'), ...args], {
      cwd: root,
      env: { ...process.env, TSX_TSCONFIG_PATH: path.join(root, 'tsconfig.base.json') },
      // The channel closes if this process is killed, and the command detects that.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    }
    this.ended = once(this.child, 'close');
  }

  /** Process id; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Its complete output so far, standard output and error. */
  get output(): string {
    return this.text;
  }

  /**
   * @param pattern to wait for in the output
   * @param timeoutSeconds maximum time
   * @throws Error with the output when the process ends or the time is over before the pattern is printed
   */
  async printed(pattern: RegExp, timeoutSeconds: number): Promise<RegExpExecArray> {
    return waitUntil(
      async () => {
        const match = pattern.exec(this.text);
        if (match) return match;
        if (this.child.exitCode !== null)
          throw new Error(`the process ended without printing ${pattern}:\n${this.text}`);
        return undefined;
      },
      {
        intervalMs: POLL_MS,
        timeoutMs: timeoutSeconds * 1_000,
        onTimeout: () => new Error(`the process did not print ${pattern} within ${timeoutSeconds} s:\n${this.text}`),
      },
    );
  }

  /** @param signal to send */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns its exit code, once it has ended and its output is complete; null when a signal ended it */
  async exitCode(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  /** Ends it in any state. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
