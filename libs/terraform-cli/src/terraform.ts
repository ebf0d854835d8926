import { type ProgramOptions, type ProgramRun, runProgram } from './run-program';

/** Terraform ended with an error. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';

  /**
   * @param command such as `apply`
   * @param exitCode of Terraform; 128 or more for a signal
   * @param output the end of its output, if it was not shown
   */
  constructor(
    readonly command: string,
    readonly exitCode: number,
    output: string,
  ) {
    super(`terraform ${command} ended with exit code ${exitCode}${output === '' ? '' : `:\n${output}`}`);
  }
}

/** Options of Terraform; `folder` contains the configuration. */
export interface TerraformOptions extends ProgramOptions {
  /** Folder of the providers; undefined: they come from the registry. */
  readonly pluginDir: string | undefined;
}

/** Terraform in one folder. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /** @param args further arguments, such as `-migrate-state` */
  async init(...args: readonly string[]): Promise<void> {
    const { pluginDir } = this.options;
    const plugins = pluginDir === undefined ? [] : [`-plugin-dir=${pluginDir}`];
    await this.run('init', '-input=false', ...plugins, ...args);
  }

  /**
   * Runs a command, with its output on the terminal or in the log.
   * @throws {TerraformError} when it fails
   */
  async run(command: string, ...args: readonly string[]): Promise<void> {
    const { code, output } = await this.start([command, ...args], false);
    if (code !== 0) throw new TerraformError(command, code, output);
  }

  /**
   * @param args of `plan`
   * @returns whether the plan has changes
   * @throws {TerraformError} when it fails
   */
  async planChanges(...args: readonly string[]): Promise<boolean> {
    const { code, output } = await this.start(['plan', '-input=false', '-detailed-exitcode', ...args], false);
    if (code !== 0 && code !== 2) throw new TerraformError('plan', code, output);
    return code === 2;
  }

  /**
   * @param args a command that prints JSON
   * @returns its parsed output
   * @throws {TerraformError} when it fails
   */
  async json(...args: readonly string[]): Promise<unknown> {
    const { code, output, stdout } = await this.start(args, true);
    if (code !== 0) throw new TerraformError(args[0] ?? '', code, output);
    return JSON.parse(stdout);
  }

  private start(args: readonly string[], capture: boolean): Promise<ProgramRun> {
    const { pluginDir: _, ...options } = this.options;
    // Options come before the operand: `show -json <plan>`.
    const [command = '', ...rest] = args;
    const format = options.logFile !== undefined ? ['-no-color'] : [];
    return runProgram([command, ...format, ...rest], options, capture);
  }
}
