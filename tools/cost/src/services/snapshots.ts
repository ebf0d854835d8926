import { type CostLine, HOURS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';

/** Transitions of an execution that takes one snapshot and deletes one: look, choose, take, list, choose, and delete in a map of one. */
const TRANSITIONS = 7;

/** @returns lines of what takes snapshots by a schedule; none where nothing does. The schedule itself is within what EventBridge gives free */
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
