import { mkdirSync } from 'node:fs';
import path from 'node:path';
import which from 'which';
import { findProviderMirror, Terraform } from '@ad-analytics/terraform-cli';
import { OUT_FOLDER } from '../project-files';
import { PROVIDER_VERSION } from '../stacks/versions';
import { UsageError } from './errors';

/**
 * @param stack name of a synthesised stack
 * @returns Terraform in its folder, with its output on the terminal
 * @throws {UsageError} when Terraform is missing on this machine
 */
export function terraformOf(stack: string): Terraform {
  // Terraform does not create the folder of a local state before it locks it.
  const folder = path.join(OUT_FOLDER, 'stacks', stack);
  mkdirSync(folder, { recursive: true });
  return terraformIn(folder, process.env);
}

/**
 * @param folder of a synthesised stack
 * @param env variables of Terraform
 * @returns Terraform in it, with its output on the terminal
 * @throws {UsageError} when Terraform is missing on this machine
 */
export function terraformIn(folder: string, env: NodeJS.ProcessEnv): Terraform {
  const program = which.sync('terraform', { nothrow: true });
  if (program === null) {
    throw new UsageError(
      'Terraform is missing on the PATH. Install 1.10 or later: https://developer.hashicorp.com/terraform/install',
    );
  }
  const pluginDir = findProviderMirror('hashicorp/aws', PROVIDER_VERSION);
  return new Terraform({ program, folder, env, pluginDir, logFile: undefined });
}
