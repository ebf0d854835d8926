import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { streamsOf } from '../applications';
import type { Environment } from '../environments/environment';
import { lookAtCaller, lookAtMail, lookAtRegion } from './account-checks';
import { lookAtRoles, lookAtState } from './bootstrap-checks';
import type { PreflightClients } from './clients';
import type { Finding, Outcome } from './finding';
import { lookAtNames } from './name-checks';
import { lookAtConcurrency, lookAtKpus, lookAtShards } from './quota-checks';
import { lookAtTools, type Machine } from './tool-checks';

/**
 * Checks the requirements of a first deployment, with read-only calls.
 * @param environment to deploy
 * @param settings of the pipeline, for the names of the streams
 * @param clients of AWS
 * @param machine default: this machine
 * @returns all findings, in the order in which to fix them
 */
export async function preflight(
  environment: Environment,
  settings: PipelineSettings,
  clients: PreflightClients,
  machine?: Machine,
): Promise<readonly Finding[]> {
  const here = [...(await lookAtTools(machine)), ...lookAtMail(environment)];
  const { account, findings } = await lookAtCaller(environment, clients);
  // Without credentials, every other call would fail in the same way.
  if (account === undefined) return [...here, ...findings];
  const names = await lookAtNames(environment, clients, streamsOf(environment, settings));
  return [
    ...here,
    ...findings,
    ...(await lookAtRegion(environment, clients)),
    ...(await lookAtState(environment, clients)),
    ...(await lookAtRoles(environment, clients, account)),
    ...names.findings,
    ...(await lookAtShards(environment, clients, names.missingStreams)),
    ...(await lookAtConcurrency(environment, clients)),
    ...(await lookAtKpus(environment, clients)),
  ];
}

const MARKS: Readonly<Record<Outcome, string>> = {
  ok: 'ok      ',
  wrong: 'WRONG   ',
  advice: 'advice  ',
  unknown: 'unknown ',
};

/** @returns the findings as lines, each followed by what to do */
export function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ about, outcome, found, todo }) => [
    `${MARKS[outcome]} ${about}: ${found}`,
    ...(todo === undefined ? [] : [`          ${todo}`]),
  ]);
  const count = (outcome: Outcome) => findings.filter((one) => one.outcome === outcome).length;
  const summary =
    count('wrong') === 0
      ? `All requirements are met. ${count('advice')} to consider, ${count('unknown')} could not be checked.`
      : `${count('wrong')} must be fixed before a deployment. ${count('advice')} to consider, ${count('unknown')} could not be checked.`;
  return [...lines, '', summary].join('\n');
}
