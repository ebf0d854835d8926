import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { infraCommand } from './local-deployment';

/** Expected findings of the preflight of a committed environment in an empty local AWS, by subject. */
const EXPECTED: Readonly<Record<string, string>> = {
  terraform: 'ok',
  // Committed environments do not contain mail addresses.
  alarms: 'WRONG',
  credentials: 'ok',
  account: 'advice',
  region: 'ok',
  state: 'advice',
  'stream AdImpressionsStreamInput': 'ok',
  'stream ClicksStreamInput': 'ok',
  'stream AdResultantOutput': 'ok',
  'table ad-analytics-dev-results': 'ok',
  'application ad-analytics-dev-flink': 'ok',
  // MiniStack supports neither DescribeLimits of Kinesis nor Service Quotas.
  'quota of Kinesis': 'unknown',
  'quota of Lambda': 'ok',
  'quota of Flink': 'unknown',
};

const LINE = /^(ok|WRONG|advice|unknown) +([^:]+): /;

/** @returns outcome of each finding in a report of the preflight */
export function outcomesOf(report: string): Record<string, string> {
  const lines = report.split('\n').map((line) => LINE.exec(line));
  return Object.fromEntries(lines.flatMap((found) => (found === null ? [] : [[found[2] ?? '', found[1] ?? '']])));
}

/** @returns the output of the command; its exit code is 1 if a requirement is not met */
async function printed(environment: string, endpoint: string, region: string, signal: AbortSignal): Promise<string> {
  const env = localAwsEnvironment(region, { AWS_ENDPOINT_URL: endpoint });
  try {
    await promisify(execFile)(process.execPath, infraCommand('preflight', '--env', environment), { env, signal });
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: unknown };
    if (code === 1 && typeof stdout === 'string') return stdout;
    throw error;
  }
  throw new Error('the preflight must report that the mail address for alarms is missing');
}

/**
 * Runs the preflight with the local AWS before the deployment.
 * @param environment name
 * @param endpoint URL of the local AWS
 * @param checks records one check
 */
export async function checkPreflight(
  environment: string,
  { endpoint, region, interrupted }: { endpoint: string; region: string; interrupted: AbortSignal },
  checks: CheckList,
): Promise<void> {
  const found = outcomesOf(await printed(environment, endpoint, region, interrupted));
  // Whether the provider is available depends on the machine.
  const known = Object.entries(found).filter(([about]) => !about.startsWith('provider '));
  const inOrder = (entries: readonly (readonly [string, string])[]) =>
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  checks.equal('the preflight finds the resources of an account', inOrder(known), inOrder(Object.entries(EXPECTED)));
}
