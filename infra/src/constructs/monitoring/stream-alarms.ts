import type { Environment } from '../../environments/environment';
import { STREAMS, type StreamRole } from '../event-streams';
import { LASTING, type AlarmSpec } from './alarm-spec';
import { streamMetric } from './metric';

/**
 * @param environment with the thresholds
 * @param names of the streams
 */
export function streamAlarms(environment: Environment, names: Readonly<Record<StreamRole, string>>): AlarmSpec[] {
  // The age is missing while nothing reads the stream.
  const unread = environment.alarms.jobMustRun ? 'breaching' : 'notBreaching';
  return STREAMS.flatMap((role) => alarmsOfStream(environment, role, names[role], unread));
}

/**
 * @param environment with the thresholds
 * @param role of the stream
 * @param stream its name
 * @param unread how a period without a reader counts
 */
export function alarmsOfStream(
  { alarms }: Environment,
  role: StreamRole,
  stream: string,
  unread: AlarmSpec['missing'],
): AlarmSpec[] {
  return [
    {
      name: `${role}-iterator-age`,
      description: `A consumer of the ${role} stream is more than ${alarms.iteratorAgeSeconds} s behind, or the stream has no consumer.`,
      metrics: { age: streamMetric(stream, 'GetRecords.IteratorAgeMilliseconds', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: alarms.iteratorAgeSeconds * 1_000,
      periods: LASTING,
      missing: unread,
    },
    {
      name: `${role}-throttles`,
      description: `The ${role} stream throttles writes or reads: it has too few shards.`,
      metrics: {
        writes: streamMetric(stream, 'WriteProvisionedThroughputExceeded', 'Sum'),
        reads: streamMetric(stream, 'ReadProvisionedThroughputExceeded', 'Sum'),
      },
      expression: 'FILL(writes, 0) + FILL(reads, 0)',
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
  ];
}
