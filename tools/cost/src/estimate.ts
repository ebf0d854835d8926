import type { Assumptions } from './assumptions';
import type { CostLine } from './cost-line';
import type { Deployment } from './deployment';
import { archiveLines } from './services/archive';
import { dynamodbLines } from './services/dynamodb';
import { flinkLines } from './services/flink';
import { kinesisLines } from './services/kinesis';
import { networkLines } from './services/network';
import { operationsLines } from './services/operations';
import { redshiftLines } from './services/redshift';
import { sideBySideLines } from './services/side-by-side';
import { sinkLines } from './services/sink';
import { snapshotLines } from './services/snapshots';
import type { Workload } from './workload';

/**
 * @param load average load over a month
 * @param deployment settings of the environment
 * @param assumptions further assumptions
 * @returns the bill of a month, one line for each billed item
 */
export function estimate(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  return [
    ...kinesisLines(load, deployment, assumptions),
    ...flinkLines(load, deployment, assumptions),
    ...sideBySideLines(load, deployment, assumptions),
    ...sinkLines(load, deployment, assumptions),
    ...dynamodbLines(load, deployment),
    ...archiveLines(load, deployment, assumptions),
    ...redshiftLines(deployment, assumptions),
    ...snapshotLines(deployment),
    ...networkLines(load, deployment),
    ...operationsLines(load, deployment, assumptions),
  ];
}

/** @returns US dollars a month by service, in the order of the lines */
export function byService(lines: readonly CostLine[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { service, usd } of lines) sums.set(service, (sums.get(service) ?? 0) + usd);
  return sums;
}
