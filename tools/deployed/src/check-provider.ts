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

/** @returns version of the AWS provider that a synthesised stack requires */
export function requiredProvider(stack: string): string {
  const json: unknown = JSON.parse(readFileSync(path.join(stack, 'cdk.tf.json'), 'utf8'));
  return stackSchema.parse(json).terraform.required_providers.aws.version;
}

/**
 * Validates every environment and example with the deployed version of the provider, if a mirror on this machine contains it. The
 * deployment check itself uses an older version.
 * @param stack folder of a synthesised stack
 * @param region AWS region
 * @param checks records the check, or the reason why it is skipped
 * @param interrupted signal to end
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
