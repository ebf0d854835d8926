import { type CostLine, HOURS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';

/**
 * State transitions of an execution that takes one snapshot and deletes one: describe, choose, take, list, choose, and delete in a map
 * with one item.
 */
const TRANSITIONS = 7;

/** @returns lines of scheduled snapshots; none without a schedule. The schedule itself is within the free tier of EventBridge */
export function snapshotLines({ snapshots }: Deployment): CostLine[] {
  if (snapshots === undefined) return [];
  const executions = HOURS / snapshots.everyHours;
  return [
    costLine({
      service: 'Step Functions',
      item: 'snapshots by the schedule',
      price: 'stepTransition',
      quantity: executions * TRANSITIONS,
      arithmetic: `${figure(executions)} executions × ${TRANSITIONS} transitions`,
    }),
  ];
}
