import type { Assumptions } from './assumptions';
import { type ModeComparison, type TableComparison, compareModes, compareTableModes } from './capacity-mode';
import { type CostLine, total } from './cost-line';
import type { Deployment } from './deployment';
import { estimate } from './estimate';
import { type Saving, savings } from './savings';
import { type Limit, limits } from './limits';
import type { MeasuredTraffic } from './measured-traffic';
import { type Workload, type WorkloadInputs, workload } from './workload';

/** All results of the calculator for one load of one environment. */
export interface CostReport {
  readonly deployment: Deployment;
  readonly inputs: WorkloadInputs;
  readonly assumptions: Assumptions;
  readonly load: Workload;
  readonly lines: readonly CostLine[];
  /** US dollars a month. */
  readonly total: number;
  /** Additional cost of a second version of the job in US dollars a month, also if the environment does not have one. */
  readonly sideBySide: number;
  readonly modes: readonly ModeComparison[];
  readonly tableModes: TableComparison;
  readonly savings: readonly Saving[];
  readonly limits: readonly Limit[];
}

/**
 * @param measured run from which the load is scaled
 * @param inputs of the user
 * @param deployment settings of the environment
 * @param assumptions of the calculation
 * @returns the bill, and its basis
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
