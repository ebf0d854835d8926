import type { Environment } from '../../environments/environment';
import { STREAMS, type StreamRole } from '../event-streams';
import { LASTING, type AlarmSpec } from './alarm-spec';
import { streamMetric } from './metric';

/**
 * @param environment with the age that is too much
 * @param names of the streams
 */
export function streamAlarms({ alarms }: Environment, names: Readonly<Record<StreamRole, string>>): AlarmSpec[] {
  return STREAMS.flatMap((role): AlarmSpec[] => [
    {
      name: `${role}-iterator-age`,
      description: `A consumer of the ${role} stream is more than ${alarms.iteratorAgeSeconds} s behind, or nobody reads it.`,
      metrics: { age: streamMetric(names[role], 'GetRecords.IteratorAgeMilliseconds', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: alarms.iteratorAgeSeconds * 1_000,
      periods: LASTING,
      // Without a reader there is no age.
      missing: alarms.jobMustRun ? 'breaching' : 'notBreaching',
    },
    {
      name: `${role}-throttles`,
      description: `The ${role} stream refuses writes or reads for want of shards.`,
      metrics: {
        writes: streamMetric(names[role], 'WriteProvisionedThroughputExceeded', 'Sum'),
        reads: streamMetric(names[role], 'ReadProvisionedThroughputExceeded', 'Sum'),
      },
      expression: 'FILL(writes, 0) + FILL(reads, 0)',
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
  ]);
}
