import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type ProgramOptions, runProgram } from '@ad-analytics/terraform-cli';
import { CDKTF_CLI, ROOT } from '@ad-analytics/setup/layout.cjs';
import { prepareOwnPackages } from '@ad-analytics/setup/prepare.cjs';
import { StepError } from '@ad-analytics/setup/step.cjs';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';

/** Options of the cdktf CLI. */
export interface CdktfOptions {
  /** Output folder of the synthesis, with a folder `stacks/<stack>` for each stack. */
  readonly out: string;
  /** Folder for the files of the CLI. */
  readonly home: string;
  readonly region: string;
  /** The program that it runs. */
  readonly terraform: string;
  /** Folder of the provider; undefined: the registry. */
  readonly pluginDir: string | undefined;
  readonly logFile: string;
  readonly interrupted: AbortSignal;
}

/** The cdktf CLI ended with an error. */
class CdktfError extends Error {
  override readonly name = 'CdktfError';
}

/**
 * Installs the cdktf CLI in the pinned version.
 * @returns undefined, or the reason why it is not available
 */
export async function installCdktfCli(): Promise<string | undefined> {
  try {
    await prepareOwnPackages(CDKTF_CLI);
    return undefined;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return error.message;
  }
}

/** Terraform's settings for a machine without access to the registry: `init -plugin-dir`, which the CLI does not support. */
function terraformSettings(file: string, pluginDir: string): string {
  const mirror = `filesystem_mirror {\n    path = ${JSON.stringify(pluginDir)}\n  }`;
  writeFileSync(file, `provider_installation {\n  ${mirror}\n}\n`);
  return file;
}

/** The cdktf CLI in `infra`, called like by a user. Files in the stack's folder direct it to the local AWS. */
export class CdktfCli {
  private readonly options: ProgramOptions;

  /** @param settings see CdktfOptions; the CLI is installed */
  constructor(private readonly settings: CdktfOptions) {
    const { home, region, terraform, pluginDir, logFile, interrupted } = settings;
    // The user's own settings for Terraform or AWS must not affect this run.
    const own = Object.entries(localAwsEnvironment(region)).filter(([name]) => !name.startsWith('TF_'));
    this.options = {
      program: path.join(CDKTF_CLI, 'node_modules', '.bin', 'cdktf'),
      folder: path.join(ROOT, 'infra'),
      env: {
        ...Object.fromEntries(own),
        TERRAFORM_BINARY_NAME: terraform,
        CDKTF_HOME: home,
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
        // Disables redrawn progress lines.
        CI: '1',
        ...(pluginDir === undefined
          ? {}
          : { TF_CLI_CONFIG_FILE: terraformSettings(path.join(home, 'terraform.rc'), pluginDir) }),
      },
      logFile,
      signal: interrupted,
    };
  }

  /** @returns folder of the stacks of all environments; rejects with the output of the CLI */
  async synth(): Promise<string> {
    await this.run('synth');
    return path.join(this.settings.out, 'stacks');
  }

  /** Synthesises again, like for a user, and applies. */
  async deploy(stack: string): Promise<void> {
    await this.run('deploy', stack, '--auto-approve', '--skip-provider-lock');
  }

  /** Applies the existing synthesis. */
  async deploySynthesised(stack: string): Promise<void> {
    await this.run('deploy', stack, '--auto-approve', '--skip-synth', '--skip-provider-lock');
  }

  /** @returns name of the plan file in the stack's folder */
  async diff(stack: string): Promise<string> {
    await this.run('diff', stack, '--skip-synth', '--skip-provider-lock');
    return 'plan';
  }

  async destroy(stack: string): Promise<void> {
    await this.run('destroy', stack, '--auto-approve', '--skip-synth', '--skip-provider-lock');
  }

  private async run(...args: readonly string[]): Promise<void> {
    const { code, output } = await runProgram([...args, '--output', this.settings.out], this.options);
    if (code === 0) return;
    throw new CdktfError(`cdktf ${args.join(' ')} ended with exit code ${code}:\n${stripVTControlCharacters(output)}`);
  }
}
