import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Terraform, TerraformError } from '@ad-analytics/terraform-cli';
import { type SynthesisedStack, synthesiseAll } from '../synthesise-all';
import { UsageError } from './errors';
import { terraformIn } from './stack-folder';

/**
 * Validates all stacks with Terraform, even if one of them is invalid.
 * @param stacks synthesised
 * @param terraformOf Terraform in a folder
 * @param say called with one line for each accepted stack
 * @throws {UsageError} with the names of the invalid stacks; Terraform has printed their problems
 */
export async function validateStacks(
  stacks: readonly SynthesisedStack[],
  terraformOf: (folder: string) => Pick<Terraform, 'init' | 'run'>,
  say: (line: string) => void,
): Promise<void> {
  const wrong: string[] = [];
  for (const { name, folder } of stacks) {
    const terraform = terraformOf(folder);
    // Without a provider, Terraform cannot validate any stack, so stop here.
    await terraform.init('-backend=false');
    try {
      await terraform.run('validate');
      say(`${name} is accepted`);
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      wrong.push(name);
    }
  }
  if (wrong.length > 0) throw new UsageError(`Terraform rejects ${wrong.join(', ')}: see above.`);
}

/**
 * Validates every environment and every example with the deployed version of the provider, from a mirror or from the registry; downloads
 * it once.
 */
export async function validate(): Promise<void> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'infra validate '));
  try {
    const plugins = path.join(scratch, 'plugins');
    mkdirSync(plugins);
    const env = { TF_PLUGIN_CACHE_DIR: plugins, ...process.env };
    await validateStacks(
      synthesiseAll(scratch),
      (folder) => terraformIn(folder, env),
      (line) => console.error(line),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
