import type { Environment } from '../../environments/environment';
import { AT_ONCE, LASTING, type AlarmSpec } from './alarm-spec';
import { jobMetric } from './metric';

/**
 * The alarms that the service recommends for every application, except those whose thresholds depend on the load.
 * @param environment with `alarms.jobMustRun` and `flink.maxKpus`
 * @param application name
 */
export function jobAlarms({ alarms, flink }: Environment, application: string): AlarmSpec[] {
  const specs: AlarmSpec[] = [
    {
      name: 'checkpoint-failures',
      description:
        'Checkpoints of the Flink job fail: each failure lengthens the part that the job must repeat after a restart.',
      metrics: { failed: jobMetric(application, 'numberOfFailedCheckpoints', 'Maximum') },
      // The metric counts since the start of the job.
      expression: 'DIFF(failed)',
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
    {
      name: 'job-restarts',
      description: 'The Flink job failed and was restarted.',
      metrics: { restarts: jobMetric(application, 'fullRestarts', 'Maximum') },
      expression: 'DIFF(restarts)',
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: AT_ONCE,
      missing: 'notBreaching',
    },
    {
      name: 'job-down',
      description: 'The Flink job is down: nothing is computed.',
      metrics: { downtime: jobMetric(application, 'downtime', 'Maximum') },
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: LASTING,
      missing: 'notBreaching',
    },
  ];
  specs.push({
    name: 'job-kpus',
    description: 'The Flink application has scaled to more KPUs than flink.maxKpus: it costs more than planned.',
    metrics: { kpus: jobMetric(application, 'KPUs', 'Maximum') },
    comparison: 'GreaterThanThreshold',
    threshold: flink.maxKpus,
    periods: LASTING,
    missing: 'notBreaching',
  });
  if (alarms.jobMustRun) {
    specs.push({
      name: 'job-not-running',
      description: 'The Flink application does not run: it was stopped or has never been started.',
      metrics: { uptime: jobMetric(application, 'uptime', 'Maximum') },
      comparison: 'LessThanThreshold',
      threshold: 1,
      periods: LASTING,
      missing: 'breaching',
    });
  }
  return specs;
}
