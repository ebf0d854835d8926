import { sampleEnvironment } from '../../../test/sample-environment';
import { statementsOf } from '../../../test/iam-statements';
import { only } from '../../../test/sample-pipeline';
import { synthesisedScope } from '../../../test/synthesised';
import { EncryptionKey } from '../encryption-key';
import { Alarms } from './alarms';
import { AT_ONCE, type AlarmSpec } from './alarm-spec';
import { qualityAlarms } from './quality-alarms';
import { streamMetric } from './metric';

const SPEC: AlarmSpec = {
  name: 'too-much',
  description: 'There is too much.',
  metrics: { records: streamMetric('stream', 'IncomingRecords', 'Sum') },
  comparison: 'GreaterThanThreshold',
  threshold: 5,
  periods: AT_ONCE,
  missing: 'ignore',
};

const synth = (specs: readonly AlarmSpec[], emails: string[] = []) =>
  synthesisedScope((scope) => {
    const { alarms } = sampleEnvironment();
    const environment = sampleEnvironment({ alarms: { ...alarms, emails } });
    new Alarms(scope, 'alarms', { environment, key: new EncryptionKey(scope, 'key', { environment }) }).add(...specs);
  });

describe('Alarms', () => {
  it('watches a metric', () => {
    expect(only(synth([SPEC]), 'aws_cloudwatch_metric_alarm')).toMatchObject({
      alarm_name: 'ad-analytics-dev-too-much',
      namespace: 'AWS/Kinesis',
      metric_name: 'IncomingRecords',
      dimensions: { StreamName: 'stream' },
      statistic: 'Sum',
      period: 300,
      threshold: 5,
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      treat_missing_data: 'ignore',
    });
  });

  it('watches an expression of several metrics', () => {
    const spec = { ...SPEC, metrics: { ...SPEC.metrics, more: streamMetric('other', 'IncomingRecords', 'Sum') } };
    const alarm = only(synth([{ ...spec, expression: 'records + more' }]), 'aws_cloudwatch_metric_alarm');
    expect(alarm['metric_query']).toEqual([
      { id: 'value', expression: 'records + more', label: SPEC.description, return_data: true },
      expect.objectContaining({ id: 'records', return_data: false }),
      expect.objectContaining({ id: 'more', return_data: false }),
    ]);
    expect(() => synth([spec])).toThrow('too-much needs an expression');
  });

  it('notifies all subscribers of an alarm and of its end', () => {
    const stack = synth([SPEC], ['a@example.com', 'b@example.com']);
    const topic = expect.stringMatching(/^\$\{aws_sns_topic\..*\.arn\}$/);
    expect(only(stack, 'aws_cloudwatch_metric_alarm')).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
    expect(stack.all('aws_sns_topic_subscription').map((to) => [to['protocol'], to['endpoint']])).toEqual([
      ['email', 'a@example.com'],
      ['email', 'b@example.com'],
    ]);
  });

  it.each([
    [[], ['infra/environments/dev.json: alarms/emails: is empty']],
    [['a@example.com'], []],
  ])('warns if mails would not reach anyone: %j', (emails, expected) => {
    const warnings: string[] = [];
    synthesisedScope((scope) => {
      const { alarms } = sampleEnvironment();
      const environment = sampleEnvironment({ alarms: { ...alarms, emails } });
      const built = new Alarms(scope, 'alarms', { environment, key: new EncryptionKey(scope, 'key', { environment }) });
      for (const { type, data } of built.node.metadata) if (type === '@cdktf/warn') warnings.push(String(data));
    });
    expect(warnings).toEqual(expected.map((text) => expect.stringContaining(text) as string));
  });

  it('allows only the alarms and budgets of the account to publish, over TLS', () => {
    const [notify, tls] = statementsOf(synth([SPEC])).filter(({ place }) => place.startsWith('aws_sns_topic_policy'));
    expect(notify).toMatchObject({
      principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
      actions: ['sns:Publish'],
      condition: { StringEquals: { 'aws:SourceAccount': expect.any(String) } },
    });
    expect(tls).toMatchObject({ effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });
});

describe('qualityAlarms', () => {
  it('divides the records that were set aside, counted by the sink, by the incoming records', () => {
    const names = { impressions: 'in-1', clicks: 'in-2', results: 'out' };
    const { alarms } = sampleEnvironment();
    const environment = sampleEnvironment({ alarms: { ...alarms, lateSharePercent: 7, rejectedSharePercent: 3 } });
    const [late, rejected] = qualityAlarms(environment, names);
    expect(late).toMatchObject({
      threshold: 7,
      metrics: {
        aside: {
          namespace: 'AdAnalytics',
          name: 'Records',
          dimensions: { service: 'output-sink', record_type: 'late_event' },
        },
        impressions: { name: 'IncomingRecords', dimensions: { StreamName: 'in-1' } },
        clicks: { name: 'IncomingRecords', dimensions: { StreamName: 'in-2' } },
      },
    });
    expect(rejected).toMatchObject({
      threshold: 3,
      metrics: { aside: { dimensions: { record_type: 'rejected_event' } } },
    });
  });
});
