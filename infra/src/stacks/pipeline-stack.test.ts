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

/** Those whose loss would lose data; each environment that protects its data must protect every one of them. */
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

  it('has policies to look at', () => expect(ofRoles.length).toBeGreaterThan(5));

  it('allows no role every action of a service, or of all', () => {
    const wide = ofRoles.filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^(?:\*|[a-z0-9-]+:\*)$/.test(action)),
    );
    expect(wide).toEqual([]);
  });

  it('allows everything only of the key, and only the account that decides about it', () => {
    const wide = statements.filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^(?:\*|[a-z0-9-]+:\*)$/.test(action)),
    );
    expect(wide.map(({ place, sid }) => [place.split('.')[0], sid])).toEqual([['aws_kms_key', 'RolesOfTheAccount']]);
  });

  it('names the resources wherever AWS can', () => {
    const everywhere = ofRoles.filter(({ resources }) => resources.includes('*'));
    const known = new Set(['FindStream', 'FindNetwork', 'Trace']);
    expect(everywhere.filter(({ sid }) => !known.has(sid))).toEqual([]);
  });

  it('lets each role be taken by its service only, for this account', () => {
    const trusts = statements.filter(({ place }) => place.startsWith('aws_iam_role.'));
    expect(trusts.length).toBeGreaterThanOrEqual(3);
    for (const { principal, condition } of trusts) {
      const { Service: services, ...others } = principal as { Service: string | string[] };
      expect(others).toEqual({});
      // Redshift Serverless takes its role under two names.
      const both = ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com'];
      if (Array.isArray(services)) expect(services).toEqual(both);
      else expect(services).toMatch(/^[a-z-]+\.amazonaws\.com$/);
      // Glue says nothing of the account to a role of a table's optimizer; passing one is possible within the account only.
      if (services === 'glue.amazonaws.com') continue;
      // By `aws:SourceAccount`, or, where the service has it so, in the external id.
      expect(JSON.stringify(condition)).toContain('${data.aws_caller_identity.');
    }
  });

  it('opens nothing to everybody', () => {
    const open = statements.filter(
      ({ effect, principal }) => effect === 'Allow' && JSON.stringify(principal ?? '').includes('"*"'),
    );
    expect(open).toEqual([]);
  });

  it('tags everything that can be tagged', () => {
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

  it.each(HOLD_DATA)('protects %s as it says', (type) => {
    // Answers of queries can be asked for again.
    const found = stack.all(type).filter(({ bucket }) => !/-query-answers/.test(String(bucket)));
    expect(found.length).toBeGreaterThan(0);
    for (const resource of found) {
      expect(resource['lifecycle']).toMatchObject({ prevent_destroy: environment.protectData });
    }
  });

  it('makes the application with the properties of the settings file, where the environment has no others', () => {
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

  it('has an alarm of each kind, all to one topic', () => {
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

  it('bounds what the table may cost in a moment', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({
      on_demand_throughput: {
        max_read_request_units: environment.table.maxReadUnitsPerSecond,
        max_write_request_units: environment.table.maxWriteUnitsPerSecond,
      },
    });
  });

  it('rings when the job takes more KPUs than it should', () => {
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

  it('can be used at once by the role that makes it, whose rights by tag count only minutes later', () => {
    const github = { repository: 'owner/name', branch: 'main', createProvider: false };
    expect(principals({ github })).toEqual([[{ AWS: expect.stringMatching(/:role\/ad-analytics-dev-deploy$/) }, true]]);
    expect(principals({})).toEqual([]);
  });
});

describe('what is deployed', () => {
  const objectsOf = (flink: string, sink: string) =>
    synthesisedPipeline(sampleEnvironment(), sampleArtefacts(flink, sink))
      .all('aws_s3_object')
      .map((object) => ({ key: String(object['key']), hash: String(object['source_hash']) }));

  it('is a new version when its content is another, and only then', () => {
    const hashes = (flink: string, sink: string) => objectsOf(flink, sink).map(({ hash }) => hash);
    const before = hashes('one', 'one');
    expect(hashes('one', 'one')).toEqual(before);
    const [flink, sink] = hashes('two', 'one');
    expect(flink).not.toBe(before[0]);
    expect(sink).toBe(before[1]);
  });

  it('keeps its key whatever its content, so that an update destroys no earlier version', () => {
    const keys = (flink: string, sink: string) => objectsOf(flink, sink).map(({ key }) => key);
    expect(keys('one', 'one')).toEqual(['flink/flink.zip', 'output-sink/output-sink.zip']);
    expect(keys('two', 'two')).toEqual(keys('one', 'one'));
  });
});
