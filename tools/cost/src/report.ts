import type { Assumptions } from './assumptions';
import { type ModeComparison, type TableComparison, compareModes, compareTableModes } from './capacity-mode';
import { type CostLine, total } from './cost-line';
import type { Deployment } from './deployment';
import { estimate } from './estimate';
import { type Saving, savings } from './savings';
import { type Limit, limits } from './limits';
import type { MeasuredTraffic } from './measured-traffic';
import { type Workload, type WorkloadInputs, workload } from './workload';

/** Everything that the calculator says about one load of one environment. */
export interface CostReport {
  readonly deployment: Deployment;
  readonly inputs: WorkloadInputs;
  readonly assumptions: Assumptions;
  readonly load: Workload;
  readonly lines: readonly CostLine[];
  /** US dollars a month. */
  readonly total: number;
  /** US dollars a month that a second version of the job costs more, or would, if there were one. */
  readonly sideBySide: number;
  readonly modes: readonly ModeComparison[];
  readonly tableModes: TableComparison;
  readonly savings: readonly Saving[];
  readonly limits: readonly Limit[];
}

/**
 * @param measured run that the load is scaled from
 * @param inputs what is asked
 * @param deployment how the environment is set up
 * @param assumptions what is taken for granted
 * @returns the bill, and what it depends on
 */
export function costReport(
  measured: MeasuredTraffic,
  inputs: WorkloadInputs,
  deployment: Deployment,
  assumptions: Assumptions,
): CostReport {
  const load = workload(measured, inputs);
  const lines = estimate(load, deployment, assumptions);
  const versions = (sideBySide: boolean) => total(estimate(load, { ...deployment, sideBySide }, assumptions));
  return {
    deployment,
    inputs,
    assumptions,
    load,
    lines,
    total: total(lines),
    sideBySide: versions(true) - versions(false),
    modes: compareModes(load, deployment, assumptions),
    tableModes: compareTableModes(load, assumptions),
    savings: savings(load, deployment, assumptions),
    limits: limits(load, deployment, assumptions),
  };
}
