import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Terraform, TerraformError } from '@ad-analytics/terraform-cli';
import { type SynthesisedStack, synthesiseAll } from '../synthesise-all';
import { UsageError } from './errors';
import { terraformIn } from './stack-folder';

/**
 * Lets Terraform validate stacks, all of them even if one is wrong.
 * @param stacks synthesised
 * @param terraformOf Terraform in a folder
 * @param say takes one line for each that is accepted
 * @throws {UsageError} names those that are not; what is wrong has been said by Terraform
 */
export async function validateStacks(
  stacks: readonly SynthesisedStack[],
  terraformOf: (folder: string) => Pick<Terraform, 'init' | 'run'>,
  say: (line: string) => void,
): Promise<void> {
  const wrong: string[] = [];
  for (const { name, folder } of stacks) {
    const terraform = terraformOf(folder);
    // Without a provider nothing can be told of any stack: that ends it.
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

/** Validates every environment and every example by the provider that is deployed, from a mirror or, once for all, from the registry. */
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
