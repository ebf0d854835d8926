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
 * Looks, with calls that change nothing, at what a first deployment needs.
 * @param environment to deploy
 * @param settings of the pipeline, for the names of the streams
 * @param clients of AWS
 * @param machine absent: this one
 * @returns everything that was found, in the order in which to fix it
 */
export async function preflight(
  environment: Environment,
  settings: PipelineSettings,
  clients: PreflightClients,
  machine?: Machine,
): Promise<readonly Finding[]> {
  const here = [...(await lookAtTools(machine)), ...lookAtMail(environment)];
  const { account, findings } = await lookAtCaller(environment, clients);
  // Without credentials every other answer would be the same refusal.
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

/** @returns the findings as lines to read, each with what to do under it */
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
