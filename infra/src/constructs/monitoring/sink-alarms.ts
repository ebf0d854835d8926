import type { Environment } from '../../environments/environment';
import { AT_ONCE, LASTING, type AlarmSpec } from './alarm-spec';
import { functionMetric, queueMetric, tableMetric } from './metric';

/** Names of the sink's resources. */
export interface SinkNames {
  readonly functionName: string;
  readonly deadLetters: string;
  readonly onFailure: string;
  readonly table: string;
  readonly indexes: readonly string[];
}

/**
 * @param environment with the thresholds
 * @param names see SinkNames
 */
export function sinkAlarms({ alarms }: Environment, names: SinkNames): AlarmSpec[] {
  const { functionName, table, indexes } = names;
  const tables: [string, string | undefined][] = [
    ['table', undefined],
    ...indexes.map((index, at): [string, string] => [`index${at + 1}`, index]),
  ];
  return [
    {
      name: 'sink-errors',
      description: 'The output sink crashes or times out; records that it reports as failed do not count here.',
      metrics: { errors: functionMetric(functionName, 'Errors', 'Sum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'sink-iterator-age',
      description: `The output sink is more than ${alarms.iteratorAgeSeconds} s behind the stream of results.`,
      metrics: { age: functionMetric(functionName, 'IteratorAge', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: alarms.iteratorAgeSeconds * 1_000,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'sink-throttles',
      description: 'Lambda throttles the output sink: the reserved concurrency or that of the account is used up.',
      metrics: { throttles: functionMetric(functionName, 'Throttles', 'Sum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
    inQueue('sink-dead-letters', names.deadLetters, 'The results stream contained records that are not valid results.'),
    inQueue(
      'sink-given-up',
      names.onFailure,
      'Batches of results could not be written: their positions are in the queue.',
    ),
    {
      name: 'table-throttles',
      description: 'The serving table or one of its indexes throttles writes.',
      metrics: Object.fromEntries(
        tables.map(([key, index]) => [key, tableMetric(table, index, 'WriteThrottleEvents', 'Sum')]),
      ),
      expression: tables.map(([key]) => `FILL(${key}, 0)`).join(' + '),
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
  ];
}

/** @returns an alarm that fires as soon as the queue has a message */
function inQueue(name: string, queue: string, description: string): AlarmSpec {
  return {
    name,
    description,
    metrics: { visible: queueMetric(queue, 'ApproximateNumberOfMessagesVisible', 'Maximum') },
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    periods: AT_ONCE,
    missing: 'notBreaching',
  };
}
