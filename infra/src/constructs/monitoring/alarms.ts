import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../../environments/environment';
import { missingMail } from '../../environments/missing-mail';
import { Account } from '../../iam/account';
import { allow, by, denyWithoutTls, policyDocument } from '../../iam/policy';
import { resourceName } from '../../naming';
import { publish } from '../../output';
import type { EncryptionKey } from '../encryption-key';
import { ALARM_PERIOD_SECONDS, type AlarmSpec } from './alarm-spec';

export interface AlarmsProps {
  readonly environment: Environment;
  readonly key: EncryptionKey;
}

/** The SNS topic of the alarms, and the alarms. */
export class Alarms extends Construct {
  readonly topicArn: string;
  private readonly environment: Environment;
  private readonly added: CloudwatchMetricAlarm[] = [];

  constructor(scope: Construct, id: string, { environment, key }: AlarmsProps) {
    super(scope, id);
    this.environment = environment;
    const topic = new SnsTopic(this, 'topic', { name: resourceName(environment, 'alarms'), kmsMasterKeyId: key.arn });
    this.topicArn = topic.arn;
    const own = { StringEquals: { 'aws:SourceAccount': Account.of(this, environment).id } };
    new SnsTopicPolicy(this, 'topic-policy', {
      arn: topic.arn,
      policy: policyDocument(
        by(
          { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
          allow('Notify', ['sns:Publish'], [topic.arn], own),
        ),
        denyWithoutTls('sns:Publish', [topic.arn]),
      ),
    });
    const missing = missingMail(environment);
    // The cdktf CLI shows the warning with each command; `infra:deploy` stops with an error.
    if (missing !== undefined) Annotations.of(this).addWarning(missing);
    environment.alarms.emails.forEach((endpoint, at) => {
      new SnsTopicSubscription(this, `email-${at + 1}`, { topicArn: topic.arn, protocol: 'email', endpoint });
    });
    publish(this, 'alarms_topic_arn', topic.arn, 'SNS topic of all alarms');
  }

  /** @returns ARNs of the alarms, for the dashboard */
  get arns(): string[] {
    return this.added.map((alarm) => alarm.arn);
  }

  /** @param specs definitions of the alarms */
  add(...specs: readonly AlarmSpec[]): void {
    for (const spec of specs) this.added.push(this.alarm(spec));
  }

  private alarm(spec: AlarmSpec): CloudwatchMetricAlarm {
    const metrics = Object.entries(spec.metrics);
    if (spec.expression === undefined && metrics.length !== 1) {
      throw new Error(`The alarm ${spec.name} needs an expression for its ${metrics.length} metrics`);
    }
    return new CloudwatchMetricAlarm(this, spec.name, {
      alarmName: resourceName(this.environment, spec.name),
      alarmDescription: `${spec.description} What to do: docs/runbooks/alarms.md#${spec.section ?? spec.name}`,
      comparisonOperator: spec.comparison,
      threshold: spec.threshold,
      evaluationPeriods: spec.periods.of,
      datapointsToAlarm: spec.periods.breaching,
      treatMissingData: spec.missing,
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
      ...(spec.expression === undefined ? simple(spec) : { metricQuery: queries(spec, spec.expression) }),
    });
  }
}

function simple({ metrics }: AlarmSpec) {
  const [{ namespace, name, dimensions, stat }] = Object.values(metrics) as [AlarmSpec['metrics'][string]];
  return { namespace, metricName: name, dimensions: { ...dimensions }, statistic: stat, period: ALARM_PERIOD_SECONDS };
}

function queries({ metrics, description }: AlarmSpec, expression: string) {
  return [
    { id: 'value', expression, label: description, returnData: true },
    ...Object.entries(metrics).map(([id, { namespace, name, dimensions, stat }]) => ({
      id,
      metric: { namespace, metricName: name, dimensions: { ...dimensions }, stat, period: ALARM_PERIOD_SECONDS },
      returnData: false,
    })),
  ];
}
