import path from 'node:path';
import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { statementsOf } from '../../test/iam-statements';
import { sampleEnvironment, sampleSettings, sideBySideEnvironment } from '../../test/sample-environment';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import type { Arguments, Synthesised } from '../../test/synthesised';
import type { Environment } from '../environments/environment';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from '../environments/load-environment';
import { SETTINGS_FILE } from '../project-files';

const { flink, sink } = sideBySideEnvironment();
const both = synthesisedPipeline(sideBySideEnvironment());
const blueAlone = synthesisedPipeline(sampleEnvironment({ flink }));

/** @returns the resource of a type with this argument */
function one(stack: Synthesised, type: string, argument: string, value: string): Arguments {
  const found = stack.all(type).filter((args) => args[argument] === value);
  expect([value, found.length]).toEqual([value, 1]);
  return found[0] ?? {};
}
const application = (stack: Synthesised, part: string) =>
  one(stack, 'aws_kinesisanalyticsv2_application', 'name', `ad-analytics-dev-${part}`) as unknown as Application;
const alarmNames = (stack: Synthesised) =>
  stack
    .all('aws_cloudwatch_metric_alarm')
    .map((alarm) => String(alarm['alarm_name']).replace('ad-analytics-dev-', ''))
    .sort();

interface Application {
  readonly service_execution_role: string;
  readonly depends_on: readonly string[];
  readonly application_configuration: {
    readonly application_code_configuration: {
      readonly code_content: { readonly s3_content_location: { readonly object_version: string } };
    };
    readonly environment_properties: {
      readonly property_group: readonly { property_group_id: string; property_map: Record<string, string> }[];
    };
  };
}
const codeOf = (one: Application) =>
  one.application_configuration.application_code_configuration.code_content.s3_content_location.object_version;
const propertiesOf = (one: Application) =>
  one.application_configuration.environment_properties.property_group.map((group) => [
    group.property_group_id,
    group.property_map,
  ]);

/** The only resources whose arguments may differ between an environment with one version and with two. */
const SHARED = [
  // Reads both streams of results.
  /^aws_iam_role_policy\.output-sink_role_policy/,
  // Has a line for each version.
  /^aws_cloudwatch_dashboard\./,
];

describe('two versions of the job side by side', () => {
  it('do not change the first version or shared resources', () => {
    const flat = (stack: Synthesised) =>
      Object.entries(stack.resource).flatMap(([type, resources]) =>
        Object.entries(resources).map(([id, args]): [string, unknown] => [`${type}.${id}`, args]),
      );
    const after = new Map(flat(both));
    const changed = flat(blueAlone)
      .filter(([id, args]) => JSON.stringify(after.get(id)) !== JSON.stringify(args))
      .map(([id]) => id);
    expect(changed.filter((id) => !SHARED.some((pattern) => pattern.test(id)))).toEqual([]);
    expect(changed).toHaveLength(SHARED.length);
    expect(after.size).toBeGreaterThan(flat(blueAlone).length);
  });

  it('have no resources of green without the setting', () => {
    expect(JSON.stringify(blueAlone.resource)).not.toMatch(/green/i);
  });

  it('have separate names: application, role, logs, stream', () => {
    const names = (stack: Synthesised, type: string) => stack.all(type).map(({ name }) => String(name));
    for (const type of [
      'aws_kinesisanalyticsv2_application',
      'aws_iam_role',
      'aws_cloudwatch_log_group',
      'aws_kinesis_stream',
    ]) {
      const added = names(both, type).filter((name) => !names(blueAlone, type).includes(name));
      expect(added).toEqual([expect.stringMatching(/-green$/)]);
      expect(new Set(names(both, type)).size).toBe(names(both, type).length);
    }
  });

  it('run separate code: blue a fixed version, green the built zip or a fixed version', () => {
    expect(codeOf(application(both, 'flink'))).toBe('BlueCodeVersion');
    expect(codeOf(application(both, 'flink-green'))).toMatch(/^\$\{aws_s3_object\..*version_id\}$/);
    const held = sideBySideEnvironment({
      sideBySide: { codeVersion: 'GreenCodeVersion', settings: {}, unknownToBlue: [] },
    });
    expect(codeOf(application(synthesisedPipeline(held), 'flink-green'))).toBe('GreenCodeVersion');
  });

  it('have the same properties, except the results stream', () => {
    const blue = loadPropertyGroups(SETTINGS_FILE).map(({ PropertyGroupId, PropertyMap }) => [
      PropertyGroupId,
      PropertyMap,
    ]);
    expect(propertiesOf(application(both, 'flink'))).toEqual(blue);
    expect(propertiesOf(application(both, 'flink-green'))).toEqual(
      blue.map(([group, map]) =>
        group === 'AdDestinationStream'
          ? [group, { ...(map as object), 'stream.name': 'AdResultantOutput-green' }]
          : [group, map],
      ),
    );
  });

  it('can each write only their own results, and read the same events', () => {
    const of = (role: string, sid: string) =>
      statementsOf(both).find((one) => one.sid === sid && one.place.startsWith(`aws_iam_role_policy.${role}_`));
    expect(of('flink', 'WriteResults')?.resources).toEqual([expect.stringMatching(/results_[0-9A-F]+\.arn\}$/)]);
    expect(of('green', 'WriteResults')?.resources).toEqual([expect.stringMatching(/results-green_[0-9A-F]+\.arn\}$/)]);
    expect(of('green', 'ReadEvents')).toMatchObject({ resources: of('flink', 'ReadEvents')?.resources });
  });

  it('are both deployed after the consumers of their results', () => {
    expect(application(both, 'flink-green').depends_on.slice(1)).toEqual(
      application(both, 'flink').depends_on.slice(1),
    );
  });

  it("have the same shards for green's results stream as for blue's", () => {
    const shards = { impressions: 4, clicks: 2, results: 3 };
    const streams = { mode: 'PROVISIONED', retentionHours: 48, shards } as const;
    const stack = synthesisedPipeline(sideBySideEnvironment({ streams }));
    expect(one(stack, 'aws_kinesis_stream', 'name', 'AdResultantOutput-green')).toMatchObject({
      shard_count: 3,
      retention_period: 48,
      encryption_type: 'KMS',
    });
  });
});

describe('the consumers', () => {
  const reading = (reads: Environment['sink']['reads']) =>
    synthesisedPipeline(sideBySideEnvironment({ sink: { ...sink, ...(reads === undefined ? {} : { reads }) } }));
  const mapping = (stack: Synthesised) => only(stack, 'aws_lambda_event_source_mapping');
  const since = '2026-11-27T10:00:00Z';
  const BLUE = /\.event-streams_results_[0-9A-F]+\.arn\}$/;
  const GREEN = /\.event-streams_results-green_[0-9A-F]+\.arn\}$/;

  it.each<[string, Environment['sink']['reads'], RegExp]>([
    ['blue, until the operator switches', undefined, BLUE],
    ['green, once the operator has switched', { version: 'green', since }, GREEN],
    ['blue again, after the switch back', { version: 'blue', since }, BLUE],
  ])('read the results of exactly one version: %s', (_, reads, stream) => {
    const stack = reading(reads);
    expect(mapping(stack)['event_source_arn']).toMatch(stream);
    // Firehose cannot change its source: the archive stays with blue.
    expect(only(stack, 'aws_kinesis_firehose_delivery_stream')).toMatchObject({
      kinesis_source_configuration: { kinesis_stream_arn: expect.stringMatching(BLUE) },
    });
  });

  it('begin at the time of the switch instead of the beginning of the stream', () => {
    expect(mapping(reading({ version: 'green', since }))).toMatchObject({
      starting_position: 'AT_TIMESTAMP',
      starting_position_timestamp: since,
    });
  });

  it('are not replaced when green is removed: all arguments of the mapping stay the same', () => {
    const reads = { version: 'blue', since } as const;
    const alone = synthesisedPipeline(sampleEnvironment({ sink: { ...sink, reads } }));
    expect(mapping(alone)).toEqual(mapping(reading(reads)));
  });

  it('may read both streams, so that the switch does not need another permission', () => {
    const statement = statementsOf(both).find(
      ({ sid, place }) => sid === 'ReadResults' && place.includes('output-sink'),
    );
    expect(statement?.resources).toEqual([expect.stringMatching(BLUE), expect.stringMatching(GREEN)]);
  });
});

describe('the example with every option', () => {
  it("allows only green itself and the sink access to green's results: archive, Iceberg table and warehouse read blue", () => {
    const environment = loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples'));
    const stack = synthesisedPipeline(environment);
    const reaching = (stream: RegExp) =>
      statementsOf(stack)
        .filter(({ resources }) => resources.some((resource) => stream.test(resource)))
        .map(({ place, sid }) => `${sid} of ${place.replace(/^aws_iam_role_policy\.(.*)_role_policy_.*$/, '$1')}`)
        .sort();
    expect(reaching(/event-streams_results-green_/)).toEqual(['ReadResults of output-sink', 'WriteResults of green']);
    expect(reaching(/event-streams_results_/).length).toBeGreaterThan(4);
    const sources = stack
      .all('aws_kinesis_firehose_delivery_stream')
      .map((delivery) => JSON.stringify(delivery['kinesis_source_configuration']));
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source).toMatch(/event-streams_results_/);
  });
});

describe('the alarms', () => {
  it('cover both jobs; names for green end in -green', () => {
    const before = alarmNames(blueAlone);
    const added = alarmNames(both).filter((name) => !before.includes(name));
    const ofJobAndResults = /^(?:job-|checkpoint-|results-|shards-expired|clock-skew|duplicate-share)/;
    expect(added).toEqual(before.filter((name) => ofJobAndResults.test(name)).map((name) => `${name}-green`));
    expect(added.length).toBeGreaterThan(8);
  });

  it("use green's own metrics, and name the section of blue's alarm", () => {
    const alarm = (name: string) => one(both, 'aws_cloudwatch_metric_alarm', 'alarm_name', `ad-analytics-dev-${name}`);
    expect(alarm('job-down-green')).toMatchObject({
      dimensions: { Application: 'ad-analytics-dev-flink-green' },
      alarm_description: expect.stringMatching(/^Green, .*alarms\.md#job-down$/),
    });
    expect(alarm('job-down')).toMatchObject({ dimensions: { Application: 'ad-analytics-dev-flink' } });
    expect(JSON.stringify(alarm('results-throttles-green'))).toContain('AdResultantOutput-green');
    expect(JSON.stringify(alarm('results-retried-green'))).toContain('AdResultantOutput-green');
  });

  it("do not fire while nothing reads green's results before the switch, even if the job must run", () => {
    const { alarms } = sampleEnvironment();
    const stack = synthesisedPipeline(sideBySideEnvironment({ alarms: { ...alarms, jobMustRun: true } }));
    const missing = (name: string) =>
      one(stack, 'aws_cloudwatch_metric_alarm', 'alarm_name', `ad-analytics-dev-${name}`)['treat_missing_data'];
    expect([missing('results-iterator-age'), missing('results-iterator-age-green')]).toEqual([
      'breaching',
      'notBreaching',
    ]);
    expect(missing('job-not-running-green')).toBe('breaching');
  });
});

describe('the settings of the versions', () => {
  const withSettings = (parts: Partial<NonNullable<Environment['sideBySide']>>) =>
    synthesisedPipeline(sideBySideEnvironment({ sideBySide: { settings: {}, unknownToBlue: [], ...parts } }));
  const groupOf = (stack: Synthesised, part: string, group: string) =>
    Object.fromEntries(propertiesOf(application(stack, part)))[group];
  const { metrics } = sampleSettings();

  it('can differ, for example for a change of windows', () => {
    const stack = withSettings({ settings: { Metrics: { 'metrics.window.seconds': '120' } } });
    expect(groupOf(stack, 'flink', 'Metrics')).toEqual({ 'metrics.window.seconds': String(metrics.windowSeconds) });
    expect(groupOf(stack, 'flink-green', 'Metrics')).toEqual({ 'metrics.window.seconds': '120' });
  });

  it('leave out for blue the settings that its release does not know', () => {
    const stack = withSettings({ unknownToBlue: ['Metrics/metrics.window.seconds', 'Fraud/too.fast.click.millis'] });
    expect(groupOf(stack, 'flink', 'Metrics')).toBeUndefined();
    expect(groupOf(stack, 'flink', 'Fraud')).not.toHaveProperty(['too.fast.click.millis']);
    expect(groupOf(stack, 'flink', 'Fraud')).toHaveProperty(['click.velocity.threshold']);
    expect(groupOf(stack, 'flink-green', 'Metrics')).toBeDefined();
  });

  it.each<[string, Parameters<typeof withSettings>[0], string]>([
    [
      'a separate stream for the input',
      { settings: { AdClicksStream: { 'stream.name': 'OtherClicks' } } },
      'sideBySide/settings: AdClicksStream: must be absent',
    ],
    ['an unknown setting', { settings: { Metrics: { 'metrics.windows': '1' } } }, 'Metrics/metrics.windows'],
    ['an invalid value', { settings: { Metrics: { 'metrics.window.seconds': '0' } } }, 'sideBySide/settings'],
    [
      'a nonexistent setting in unknownToBlue',
      { unknownToBlue: ['Metrics/gone'] },
      'unknownToBlue: Metrics/gone: unknown',
    ],
  ])('reject %s', (_, parts, problem) => {
    expect(() => withSettings(parts)).toThrow(problem);
  });
});
