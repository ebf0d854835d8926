import path from 'node:path';
import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { statementsOf } from '../../test/iam-statements';
import { sampleArtefacts } from '../../test/sample-artefacts';
import { sampleEnvironment } from '../../test/sample-environment';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import type { Environment } from '../environments/environment';
import { ENVIRONMENTS_FOLDER, environmentNames, loadEnvironment } from '../environments/load-environment';
import { SETTINGS_FILE } from '../project-files';

const EXAMPLES = path.join(ENVIRONMENTS_FOLDER, 'examples');
const environments: [string, Environment][] = [
  ...environmentNames().map((name): [string, Environment] => [name, loadEnvironment(name)]),
  ...environmentNames(EXAMPLES).map((name): [string, Environment] => [name, loadEnvironment(name, EXAMPLES)]),
];

/** Resources with data; an environment that protects its data must protect all of them. */
const HOLD_DATA = [
  'aws_dynamodb_table',
  'aws_kinesis_stream',
  'aws_kinesisanalyticsv2_application',
  'aws_kms_key',
  'aws_s3_bucket',
];

describe.each(environments)('the pipeline of %s', (_, environment) => {
  const stack = synthesisedPipeline(environment);
  const statements = statementsOf(stack);
  const ofRoles = statements.filter(({ place }) => /^aws_iam_(?:role_)?policy\./.test(place));

  it('has policies to check', () => expect(ofRoles.length).toBeGreaterThan(5));

  it('does not allow a role all actions of a service', () => {
    const wide = ofRoles.filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^(?:\*|[a-z0-9-]+:\*)$/.test(action)),
    );
    expect(wide).toEqual([]);
  });

  it('allows all actions only on the key, and only for the account', () => {
    const wide = statements.filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^(?:\*|[a-z0-9-]+:\*)$/.test(action)),
    );
    expect(wide.map(({ place, sid }) => [place.split('.')[0], sid])).toEqual([['aws_kms_key', 'RolesOfTheAccount']]);
  });

  it('names the resources if AWS supports it', () => {
    const everywhere = ofRoles.filter(({ resources }) => resources.includes('*'));
    const known = new Set(['FindStream', 'FindNetwork', 'Trace']);
    expect(everywhere.filter(({ sid }) => !known.has(sid))).toEqual([]);
  });

  it('allows only its service to assume a role, for this account', () => {
    const trusts = statements.filter(({ place }) => place.startsWith('aws_iam_role.'));
    expect(trusts.length).toBeGreaterThanOrEqual(3);
    for (const { principal, condition } of trusts) {
      const { Service: services, ...others } = principal as { Service: string | string[] };
      expect(others).toEqual({});
      // Redshift Serverless assumes its role under two names.
      const both = ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com'];
      if (Array.isArray(services)) expect(services).toEqual(both);
      else expect(services).toMatch(/^[a-z-]+\.amazonaws\.com$/);
      // Glue does not pass the account to the role of a table optimizer; a role can only be passed within its account.
      if (services === 'glue.amazonaws.com') continue;
      // By `aws:SourceAccount`, or by the external id for some services.
      expect(JSON.stringify(condition)).toContain('${data.aws_caller_identity.');
    }
  });

  it('does not grant public access', () => {
    const open = statements.filter(
      ({ effect, principal }) => effect === 'Allow' && JSON.stringify(principal ?? '').includes('"*"'),
    );
    expect(open).toEqual([]);
  });

  it('tags all resources that support tags', () => {
    expect(stack.provider['aws']).toEqual([
      expect.objectContaining({
        region: environment.region,
        default_tags: [
          {
            tags: {
              ...environment.tags,
              Project: 'ad-analytics',
              Environment: environment.name,
              Deployment: `ad-analytics-${environment.name}`,
              ManagedBy: 'terraform',
            },
          },
        ],
      }),
    ]);
  });

  it.each(HOLD_DATA)('protects %s according to the setting', (type) => {
    // Query results can be computed again.
    const found = stack.all(type).filter(({ bucket }) => !/-query-answers/.test(String(bucket)));
    expect(found.length).toBeGreaterThan(0);
    for (const resource of found) {
      expect(resource['lifecycle']).toMatchObject({ prevent_destroy: environment.protectData });
    }
  });

  it('creates the application with the properties of the settings file, unless the environment overrides them', () => {
    const application = stack
      .all('aws_kinesisanalyticsv2_application')
      .find(({ name }) => name === `ad-analytics-${environment.name}-flink`);
    const configuration = (application as unknown as ApplicationArguments).application_configuration;
    const found = configuration.environment_properties.property_group.map((group) => [
      group.property_group_id,
      group.property_map,
    ]);
    const wanted = loadPropertyGroups(SETTINGS_FILE).map(({ PropertyGroupId, PropertyMap }) => [
      PropertyGroupId,
      {
        ...PropertyMap,
        ...('aws.region' in PropertyMap ? { 'aws.region': environment.region } : {}),
        ...environment.flink.settings[PropertyGroupId],
      },
    ]);
    expect(found).toEqual(wanted);
  });

  it('has an alarm of each kind, all for one topic', () => {
    const alarms = stack.all('aws_cloudwatch_metric_alarm');
    const prefix = `ad-analytics-${environment.name}-`;
    const names = alarms.map((alarm) => String(alarm['alarm_name']).slice(prefix.length));
    expect(names).toEqual(
      expect.arrayContaining([
        'impressions-iterator-age',
        'clicks-iterator-age',
        'results-iterator-age',
        'checkpoint-failures',
        'job-kpus',
        'job-restarts',
        'late-share',
        'rejected-share',
        'sink-errors',
        'sink-iterator-age',
        'sink-dead-letters',
        'sink-given-up',
        'sink-throttles',
        'table-throttles',
        'impressions-throttles',
      ]),
    );
    const topics = new Set(alarms.map((alarm) => JSON.stringify([alarm['alarm_actions'], alarm['ok_actions']])));
    expect(topics.size).toBe(1);
    expect(names.includes('job-not-running')).toBe(environment.alarms.jobMustRun);
  });

  it('has a budget for its costs, which reports to the topic of the alarms', () => {
    expect(only(stack, 'aws_budgets_budget')).toMatchObject({
      cost_filter: [{ name: 'TagKeyValue', values: [`user:Deployment$ad-analytics-${environment.name}`] }],
      notification: [
        { subscriber_sns_topic_arns: [expect.stringMatching(/^\$\{aws_sns_topic\./)] },
        { subscriber_sns_topic_arns: [expect.stringMatching(/^\$\{aws_sns_topic\./)] },
      ],
    });
  });

  it('has one key, which rotates', () => {
    expect(only(stack, 'aws_kms_key')).toMatchObject({ enable_key_rotation: true });
  });

  it('limits the throughput of the table', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      on_demand_throughput: {
        max_read_request_units: environment.table.maxReadUnitsPerSecond,
        max_write_request_units: environment.table.maxWriteUnitsPerSecond,
      },
    });
  });

  it('has an alarm when the job uses more KPUs than planned', () => {
    const alarm = stack
      .all('aws_cloudwatch_metric_alarm')
      .find((one) => String(one['alarm_name']).endsWith('-job-kpus'));
    expect(alarm).toMatchObject({
      metric_name: 'KPUs',
      comparison_operator: 'GreaterThanThreshold',
      threshold: environment.flink.maxKpus,
    });
  });
});

interface ApplicationArguments {
  readonly application_configuration: {
    readonly environment_properties: {
      readonly property_group: readonly { property_group_id: string; property_map: Record<string, string> }[];
    };
  };
}

describe('the key', () => {
  const principals = (parts: Partial<Environment>) =>
    statementsOf(synthesisedPipeline(sampleEnvironment(parts)))
      .filter(({ place, sid }) => place.startsWith('aws_kms_key.') && sid === 'Deployment')
      .map(({ principal, actions }) => [principal, actions.includes('kms:EnableKeyRotation')]);

  it('can be used immediately by the role that creates it', () => {
    const github = { repository: 'owner/name', branch: 'main', createProvider: false };
    expect(principals({ github })).toEqual([[{ AWS: expect.stringMatching(/:role\/ad-analytics-dev-deploy$/) }, true]]);
    expect(principals({})).toEqual([]);
  });
});

describe('the deployed code', () => {
  const objectsOf = (flink: string, sink: string) =>
    synthesisedPipeline(sampleEnvironment(), sampleArtefacts(flink, sink))
      .all('aws_s3_object')
      .map((object) => ({ key: String(object['key']), hash: String(object['source_hash']) }));

  it('is a new version only if its content has changed', () => {
    const hashes = (flink: string, sink: string) => objectsOf(flink, sink).map(({ hash }) => hash);
    const before = hashes('one', 'one');
    expect(hashes('one', 'one')).toEqual(before);
    const [flink, sink] = hashes('two', 'one');
    expect(flink).not.toBe(before[0]);
    expect(sink).toBe(before[1]);
  });

  it('keeps its key, so that an update does not destroy earlier versions', () => {
    const keys = (flink: string, sink: string) => objectsOf(flink, sink).map(({ key }) => key);
    expect(keys('one', 'one')).toEqual(['flink/flink.zip', 'output-sink/output-sink.zip']);
    expect(keys('two', 'two')).toEqual(keys('one', 'one'));
  });
});
