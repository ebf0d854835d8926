import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProviderMirror } from '@ad-analytics/terraform-cli';
import { z } from 'zod';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { infraCommand } from './local-deployment';

const stackSchema = z.object({
  terraform: z.object({ required_providers: z.object({ aws: z.object({ version: z.string() }) }) }),
});

/** @returns version of the AWS provider that a synthesised stack asks for: the one that is deployed */
export function requiredProvider(stack: string): string {
  const json: unknown = JSON.parse(readFileSync(path.join(stack, 'cdk.tf.json'), 'utf8'));
  return stackSchema.parse(json).terraform.required_providers.aws.version;
}

/**
 * Validates every environment and example by the provider that is deployed, where a mirror on this machine has it; the trial itself applies an older one.
 * @param stack folder of a synthesised stack
 * @param region AWS region
 * @param checks takes the check, or the reason why it is skipped
 * @param interrupted ends it
 */
export async function checkProvider(
  stack: string,
  region: string,
  checks: CheckList,
  interrupted: AbortSignal,
): Promise<void> {
  const version = requiredProvider(stack);
  const what = `the deployed provider accepts every environment and example, ${version}`;
  if (findProviderMirror('hashicorp/aws', version) === undefined) {
    checks.skip(
      what,
      'no mirror on this machine contains it; CI checks this with the registry (npx nx run infra:validate)',
    );
    return;
  }
  await promisify(execFile)(process.execPath, infraCommand('validate'), {
    env: localAwsEnvironment(region),
    signal: interrupted,
  });
  checks.holds(what, true, '');
}
