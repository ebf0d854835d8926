import type { Environment } from '../environments/environment';
import { AT_ONCE, LASTING, type AlarmSpec } from './monitoring/alarm-spec';
import type { Metric } from './monitoring/metric';

const MILLISECONDS = 1_000;

const metricsOf =
  (delivery: string) =>
  (name: string, stat: string): Metric => ({
    namespace: 'AWS/Firehose',
    name,
    dimensions: { DeliveryStreamName: delivery },
    stat,
  });

/**
 * @param environment with the thresholds
 * @param delivery name of the Firehose stream
 */
export function archiveAlarms({ alarms, archive }: Environment, delivery: string): AlarmSpec[] {
  const metric = metricsOf(delivery);
  const oldest = archive.bufferSeconds + alarms.iteratorAgeSeconds;
  return [
    {
      name: 'archive-behind',
      description: `Firehose is more than ${alarms.iteratorAgeSeconds} s behind the stream of results.`,
      metrics: { age: metric('KinesisMillisBehindLatest', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: alarms.iteratorAgeSeconds * MILLISECONDS,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'archive-freshness',
      description: `Results wait in Firehose for more than ${oldest} s: it cannot write to the archive.`,
      metrics: { age: metric('DeliveryToS3.DataFreshness', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: oldest,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'archive-unconverted',
      description: 'Some results do not fit the table; they are in the folder errors of the archive.',
      metrics: { records: metric('FailedConversion.Records', 'Sum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: AT_ONCE,
      missing: 'notBreaching',
    },
    {
      name: 'archive-partitions',
      description:
        'Results of too many days arrive at once: Firehose has used all its partitions, and writes the other results to the folder errors.',
      metrics: { exceeded: metric('PartitionCountExceeded', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: AT_ONCE,
      missing: 'notBreaching',
    },
  ];
}

/**
 * @param environment with the ages that are too much
 * @param delivery name of the Firehose stream that writes the Iceberg table
 */
export function icebergAlarms({ alarms, archive }: Environment, delivery: string): AlarmSpec[] {
  const metric = metricsOf(delivery);
  const oldest = archive.bufferSeconds + alarms.iteratorAgeSeconds;
  return [
    {
      name: 'iceberg-freshness',
      description: `Results wait for more than ${oldest} s to be written to the Iceberg table.`,
      metrics: { age: metric('DeliveryToIceberg.DataFreshness', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: oldest,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'iceberg-failed-rows',
      description: 'The Iceberg table rejected some results; they are in the folder errors of its bucket.',
      metrics: { rows: metric('DeliveryToIceberg.FailedRowCount', 'Sum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: AT_ONCE,
      missing: 'notBreaching',
    },
  ];
}
