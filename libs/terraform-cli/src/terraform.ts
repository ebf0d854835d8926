import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import os from 'node:os';

/** Terraform ended with an error. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';

  /**
   * @param command such as `apply`
   * @param exitCode of Terraform, 128 and more for a signal
   * @param output the end of what it said, where it was not shown
   */
  constructor(
    readonly command: string,
    readonly exitCode: number,
    output: string,
  ) {
    super(`terraform ${command} ended with exit code ${exitCode}${output === '' ? '' : `:\n${output}`}`);
  }
}

/** How Terraform is run. */
export interface TerraformOptions {
  /** The program. */
  readonly program: string;
  /** Folder of the configuration. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Holds the providers; undefined: they come from the registry. */
  readonly pluginDir: string | undefined;
  /** Takes what Terraform says; undefined: the terminal, which may be asked for an approval. */
  readonly logFile: string | undefined;
  /** Asks Terraform to end in good order, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

const TAIL_CHARACTERS = 6_000;

/** Terraform in one folder. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /** @param args besides the usual, such as `-migrate-state` */
  async init(...args: readonly string[]): Promise<void> {
    const { pluginDir } = this.options;
    const plugins = pluginDir === undefined ? [] : [`-plugin-dir=${pluginDir}`];
    await this.run('init', '-input=false', ...plugins, ...args);
  }

  /**
   * Runs a command, its output to the terminal or the log.
   * @throws {TerraformError} when it fails
   */
  async run(command: string, ...args: readonly string[]): Promise<void> {
    const { code, output } = await this.start([command, ...args], false);
    if (code !== 0) throw new TerraformError(command, code, output);
  }

  /**
   * @param args of `plan`
   * @returns whether there is something to change
   * @throws {TerraformError} when it cannot tell
   */
  async planChanges(...args: readonly string[]): Promise<boolean> {
    const { code, output } = await this.start(['plan', '-input=false', '-detailed-exitcode', ...args], false);
    if (code !== 0 && code !== 2) throw new TerraformError('plan', code, output);
    return code === 2;
  }

  /**
   * @param args a command that prints JSON
   * @returns what it prints
   * @throws {TerraformError} when it fails
   */
  async json(...args: readonly string[]): Promise<unknown> {
    const { code, output, stdout } = await this.start(args, true);
    if (code !== 0) throw new TerraformError(args[0] ?? '', code, output);
    return JSON.parse(stdout);
  }

  private start(args: readonly string[], capture: boolean): Promise<{ code: number; output: string; stdout: string }> {
    const { program, folder, env, logFile, signal } = this.options;
    const quiet = logFile !== undefined;
    return new Promise((resolve, reject) => {
      // Options come before what they are about: `show -json <plan>`.
      const [command = '', ...rest] = args;
      const child = spawn(program, [command, ...(quiet ? ['-no-color'] : []), ...rest], {
        cwd: folder,
        // It must not stop to tell of a new version, or ask in a pipeline.
        env: { ...env, CHECKPOINT_DISABLE: '1' },
        stdio: [quiet ? 'ignore' : 'inherit', quiet || capture ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      });
      const log = quiet ? createWriteStream(logFile, { flags: 'a' }) : undefined;
      let output = '';
      let stdout = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (capture) stdout += text;
        else {
          log?.write(text);
          output = (output + text).slice(-TAIL_CHARACTERS);
        }
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        log?.write(text);
        output = (output + text).slice(-TAIL_CHARACTERS);
      });
      // Terraform finishes what it is doing and writes its state; a second signal would make it forget.
      const interrupt = () => child.kill('SIGINT');
      if (signal?.aborted === true) interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      // At a terminal Ctrl-C reaches Terraform by itself; this process waits for it to end.
      const wait = () => {};
      if (!quiet) process.on('SIGINT', wait);
      const done = () => {
        process.off('SIGINT', wait);
        signal?.removeEventListener('abort', interrupt);
        log?.end();
      };
      child.once('error', (error) => {
        done();
        reject(error);
      });
      child.once('close', (code, ended) => {
        done();
        resolve({ code: ended === null ? (code ?? 1) : 128 + os.constants.signals[ended], output, stdout });
      });
    });
  }
}
