import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import { exceptionsSchema, assessAdvisories } from './assess-advisories';
import { OSV, ServiceUnavailableError, UnexpectedAnswerError, advisories } from './osv';
import { type PinnedPackage, allPinnedPackages } from './pinned-packages';

const EXCEPTIONS = path.join(ROOT, 'tools', 'supply-chain', 'audit-exceptions.json');

interface Flags {
  readonly service: string;
  readonly require: boolean;
}

/**
 * Looks up the advisories about packages and prints the outcome.
 * @throws CommandError when one is to fix or to explain, when the service gave an answer of another form, or when it cannot be reached
 * although that is required
 */
export async function audit(packages: readonly PinnedPackage[], { service, require: required }: Flags): Promise<void> {
  const exceptions = exceptionsSchema.parse(JSON.parse(readFileSync(EXCEPTIONS, 'utf8')));
  console.log(`${packages.length} pinned packages of npm, Python, the jar and the Flink distribution`);
  let found;
  try {
    found = await advisories(packages, service);
  } catch (error) {
    if (error instanceof UnexpectedAnswerError)
      throw new CommandError(`The advisory service gave an answer that is not understood: ${error.message}`);
    if (!(error instanceof ServiceUnavailableError)) throw error;
    console.log(`skipped: the advisory service cannot be reached: ${error.message}`);
    if (required) throw new CommandError('The advisories could not be looked up.');
    return;
  }
  const today = new Date().toISOString().slice(0, 10);
  const { problems, accepted, minor, unused } = assessAdvisories(found, exceptions, today);
  for (const text of minor) console.log(`note  ${text}`);
  for (const text of accepted) console.log(`known ${text}`);
  for (const text of unused) console.log(`note  the exception for ${text} is not needed`);
  for (const text of problems) console.log(`FAIL  ${text}`);
  console.log(`${problems.length} to fix or to explain, ${accepted.length} accepted, ${minor.length} low or moderate`);
  if (problems.length > 0)
    throw new CommandError('Update these packages, or explain them in tools/supply-chain/audit-exceptions.json.');
}

function webAddress(text: string): string {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('It must be an http(s) URL.');
  return text;
}

/** `audit`: looks up known vulnerabilities of all pinned packages. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('Look up known vulnerabilities of all pinned packages: npm, Python, the jar, the Flink distribution.')
    .option('--service <url>', 'address of the OSV service', webAddress, OSV)
    .option('--require', 'fail when the service cannot be reached, instead of skipping', false)
    .addHelpText(
      'after',
      '\nExit code 0: none is high, critical or unrated, or each is explained, or it was skipped because the service\ncannot be reached; 1: some are not, or an answer of the service is not understood.',
    )
    .action((flags: Flags) => audit(allPinnedPackages(), flags));
}
