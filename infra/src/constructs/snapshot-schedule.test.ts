import { statementsOf } from '../../test/iam-statements';
import { sampleEnvironment } from '../../test/sample-environment';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';

const { flink } = sampleEnvironment();
const stack = (snapshots?: { everyHours: number; keepDays: number }) =>
  synthesisedPipeline(sampleEnvironment(snapshots === undefined ? {} : { flink: { ...flink, snapshots } }));

describe('SnapshotSchedule', () => {
  const scheduled = stack({ everyHours: 6, keepDays: 7 });

  it('starts the state machine at the configured interval', () => {
    expect(only(scheduled, 'aws_scheduler_schedule')).toMatchObject({
      name: 'ad-analytics-dev-snapshots',
      schedule_expression: 'rate(6 hours)',
      flexible_time_window: { mode: 'OFF' },
      target: { arn: expect.stringMatching(/^\$\{aws_sfn_state_machine\..*\.arn\}$/) },
    });
    expect(only(stack({ everyHours: 1, keepDays: 7 }), 'aws_scheduler_schedule')['schedule_expression']).toBe(
      'rate(1 hour)',
    );
  });

  it('may only take and delete snapshots of the application, and the schedule may only start it', () => {
    const ofRole = (role: string) =>
      statementsOf(scheduled).filter(({ place }) => place.startsWith('aws_iam_role_policy.') && place.includes(role));
    expect(ofRole('snapshots_role').map(({ actions, resources }) => [actions, resources])).toEqual([
      [
        [
          'kinesisanalytics:CreateApplicationSnapshot',
          'kinesisanalytics:DeleteApplicationSnapshot',
          'kinesisanalytics:DescribeApplication',
          'kinesisanalytics:ListApplicationSnapshots',
        ],
        [expect.stringMatching(/:application\/ad-analytics-dev-flink$/)],
      ],
    ]);
    expect(ofRole('snapshots_starter').map(({ actions, resources }) => [actions, resources])).toEqual([
      [['states:StartExecution'], [expect.stringMatching(/^\$\{aws_sfn_state_machine\./)]],
    ]);
  });

  it('has an alarm for failed and hanging executions', () => {
    const alarm = scheduled
      .all('aws_cloudwatch_metric_alarm')
      .find((one) => one['alarm_name'] === 'ad-analytics-dev-snapshots-failed');
    expect(JSON.stringify(alarm?.['metric_query'])).toContain('ExecutionsFailed');
    expect(JSON.stringify(alarm?.['metric_query'])).toContain('ExecutionsTimedOut');
  });

  it('is missing without the setting', () => {
    expect(stack().all('aws_sfn_state_machine')).toEqual([]);
    expect(stack().all('aws_scheduler_schedule')).toEqual([]);
  });
});
