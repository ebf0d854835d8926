import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import type { SnapshotSettings } from '../environments/flink-settings';
import { Account } from '../iam/account';
import { allow } from '../iam/policy';
import { resourceName } from '../naming';
import { skipCheck } from '../scan/skip-check';
import { AT_ONCE, type AlarmSpec } from './monitoring/alarm-spec';
import { ServiceRole } from './service-role';
import { snapshotMachine } from './snapshot-machine';

export interface SnapshotScheduleProps {
  readonly environment: Environment;
  readonly settings: SnapshotSettings;
  /** Name of the Flink application. */
  readonly application: string;
}

/**
 * Takes snapshots of the application regularly, as starting points for replays, and deletes them after some days: the service does not
 * delete snapshots, and keeps at most 1,000.
 */
export class SnapshotSchedule extends Construct {
  private readonly machine: SfnStateMachine;

  constructor(scope: Construct, id: string, { environment, settings, application }: SnapshotScheduleProps) {
    super(scope, id);
    const account = Account.of(this, environment);
    const name = resourceName(environment, 'snapshots');
    const role = new ServiceRole(this, 'role', {
      environment,
      part: 'snapshots',
      description: 'Step Functions: takes and deletes snapshots of the Flink application',
      service: 'states.amazonaws.com',
      sourceArn: account.arn('states', `stateMachine:${name}`),
      statements: [
        allow(
          'Snapshots',
          [
            'kinesisanalytics:CreateApplicationSnapshot',
            'kinesisanalytics:DeleteApplicationSnapshot',
            'kinesisanalytics:DescribeApplication',
            'kinesisanalytics:ListApplicationSnapshots',
          ],
          [account.arn('kinesisanalytics', `application/${application}`)],
        ),
      ],
    });
    this.machine = new SfnStateMachine(this, 'machine', {
      name,
      roleArn: role.arn,
      definition: snapshotMachine(account.partition, application, settings.keepDays),
      dependsOn: [role.policy],
    });
    const starter = new ServiceRole(this, 'starter', {
      environment,
      part: 'schedule',
      description: 'EventBridge Scheduler: starts the taking of snapshots',
      service: 'scheduler.amazonaws.com',
      sourceArn: account.arn('scheduler', 'schedule-group/default'),
      statements: [allow('Start', ['states:StartExecution'], [this.machine.arn])],
    });
    const schedule = new SchedulerSchedule(this, 'schedule', {
      name,
      description: `Snapshots of the Flink application, each kept for ${settings.keepDays} days`,
      scheduleExpression: settings.everyHours === 1 ? 'rate(1 hour)' : `rate(${settings.everyHours} hours)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: this.machine.arn, roleArn: starter.arn },
      dependsOn: [starter.policy],
    });
    const history = 'Step Functions keeps the history of each execution for 90 days, and an alarm reports failures.';
    skipCheck(this.machine, 'CKV_AWS_284', `${history} It is not on the path of events.`);
    skipCheck(this.machine, 'CKV_AWS_285', history);
    skipCheck(schedule, 'CKV_AWS_297', 'It contains a name and a rate, not data.');
  }

  /** @returns the alarm for snapshots that were not taken, or old ones that were not deleted */
  get alarms(): AlarmSpec[] {
    const metric = (name: string) => ({
      namespace: 'AWS/States',
      name,
      dimensions: { StateMachineArn: this.machine.arn },
      stat: 'Sum',
    });
    return [
      {
        name: 'snapshots-failed',
        description: 'A scheduled snapshot of the Flink application was not taken, or old ones were not deleted.',
        metrics: { failed: metric('ExecutionsFailed'), hung: metric('ExecutionsTimedOut') },
        expression: 'failed + hung',
        comparison: 'GreaterThanThreshold',
        threshold: 0,
        periods: AT_ONCE,
        missing: 'notBreaching',
      },
    ];
  }
}
