import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Terraform } from '@ad-analytics/terraform-cli';
import { z } from 'zod';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import type { CdktfCli } from './cdktf-cli';
import { localOverride, OVERRIDE_FILE } from './local-override';
import { plannedChanges, type PlannedChange } from './plan-changes';

const PLAN = 'second.plan';

/** Options of a deployment. */
export interface DeploymentOptions {
  /** Folder of the synthesised stack; also for the override file with the local AWS, and for the state. */
  readonly stack: string;
  /** URL of the local AWS. */
  readonly endpoint: string;
  readonly region: string;
  readonly logFile: string;
  /** The program. */
  readonly terraform: string;
  /** Folder of the provider; undefined: the registry. */
  readonly pluginDir: string | undefined;
  /** The tool that deploys, compares and destroys; default: Terraform. */
  readonly cli?: CdktfCli | undefined;
  readonly interrupted: AbortSignal;
}

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/** @returns arguments of Node that run a command of `infra` */
export function infraCommand(...args: readonly string[]): string[] {
  return [path.join(ROOT, 'infra', 'run.cjs'), ...args];
}

/** Flags of `infra synth`; defaults are those of the project. */
export interface SynthesisFlags {
  /** Folder of the environment's file. */
  readonly environments?: string;
  /** Zip of the application. */
  readonly 'flink-zip'?: string;
  /** Folder of the sink's bundle. */
  readonly 'sink-bundle'?: string;
}

/**
 * @param environment name
 * @param out folder to write to
 * @param interrupted signal to end
 * @param flags override the project's defaults
 * @returns folder of its stacks
 * @throws {Error} with the output of `infra synth`
 */
export async function synthesise(
  environment: string,
  out: string,
  interrupted: AbortSignal,
  flags: SynthesisFlags = {},
): Promise<string> {
  const from = Object.entries(flags).flatMap(([name, value]: [string, string]) => [`--${name}`, value]);
  const command = infraCommand('synth', '--env', environment, '--out', out, ...from);
  await promisify(execFile)(process.execPath, command, { signal: interrupted });
  return path.join(out, 'stacks');
}

/** An environment on the local AWS, with the same Terraform JSON as for AWS. */
export class LocalDeployment {
  private readonly terraform: Terraform;
  private readonly cli: CdktfCli | undefined;
  private readonly name: string;
  /** What deploys, compares and destroys. */
  readonly tool: 'cdktf' | 'terraform';

  /** @param options see DeploymentOptions; does not start anything */
  constructor({ stack, endpoint, region, logFile, terraform, pluginDir, cli, interrupted }: DeploymentOptions) {
    writeFileSync(path.join(stack, OVERRIDE_FILE), JSON.stringify(localOverride(endpoint), null, 2));
    // The user's own settings for Terraform or AWS must not affect this run.
    const env = Object.fromEntries(
      Object.entries(localAwsEnvironment(region)).filter(([name]) => !name.startsWith('TF_')),
    );
    this.terraform = new Terraform({ program: terraform, folder: stack, env, pluginDir, logFile, signal: interrupted });
    this.cli = cli;
    this.tool = cli === undefined ? 'terraform' : 'cdktf';
    this.name = path.basename(stack);
  }

  async init(): Promise<void> {
    await this.terraform.init();
  }

  async validate(): Promise<void> {
    await this.terraform.run('validate');
  }

  async apply(): Promise<void> {
    if (this.cli !== undefined) return this.cli.deploy(this.name);
    await this.terraform.run('apply', '-input=false', '-auto-approve');
  }

  /** Applies the current content of the folder: unlike with `apply`, the CLI does not synthesise it first. */
  async applySynthesised(): Promise<void> {
    if (this.cli !== undefined) return this.cli.deploySynthesised(this.name);
    await this.apply();
  }

  /** Applies the differences from the state with Terraform, without a refresh, which takes most of the time. */
  async applyChanges(): Promise<void> {
    await this.terraform.run('apply', '-input=false', '-auto-approve', '-refresh=false');
  }

  /** @returns the changes of a plan */
  async changes(): Promise<PlannedChange[]> {
    return plannedChanges(await this.terraform.json('show', '-json', await this.plan()));
  }

  /** @returns file in the stack's folder */
  private async plan(): Promise<string> {
    if (this.cli !== undefined) return this.cli.diff(this.name);
    await this.terraform.planChanges(`-out=${PLAN}`);
    return PLAN;
  }

  /** @returns the stack's outputs that are text */
  async outputs(): Promise<Record<string, string>> {
    const outputs = outputsSchema.parse(await this.terraform.json('output', '-json'));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, String(value)]));
  }

  /** @returns addresses of all resources in the state */
  async resources(): Promise<string[]> {
    const state = z
      .object({
        values: z.object({ root_module: z.object({ resources: z.array(z.unknown()).optional() }) }).optional(),
      })
      .parse(await this.terraform.json('show', '-json'));
    return (state.values?.root_module.resources ?? []).map(
      (resource) => z.object({ address: z.string() }).parse(resource).address,
    );
  }

  async destroy(): Promise<void> {
    if (this.cli !== undefined) return this.cli.destroy(this.name);
    await this.terraform.run('destroy', '-input=false', '-auto-approve');
  }
}
