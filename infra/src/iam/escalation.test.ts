import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Testing } from 'cdktf';
import { waysOut, type AccountModel } from '../../test/escalation';
import { usesOfForeignKey } from '../../test/foreign-key';
import { type AnyStatement, matches, mayDo } from '../../test/policy-evaluator';
import { arnsOf, resolved, statementsOfRole } from '../../test/resolved-policies';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { synthesisedPipeline } from '../../test/sample-pipeline';
import { synthesised } from '../../test/synthesised';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from '../environments/load-environment';
import { WORKSPACE } from '../project-files';
import { BootstrapStack } from '../stacks/bootstrap-stack';
import { SERVICE_ROLES } from './deployment-scope';

const RUNBOOKS = path.join(WORKSPACE, 'docs', 'runbooks');
const github = { repository: 'owner/name', branch: 'main', createProvider: true };
const state = { bucket: 'state-bucket' };
const environments = [
  sampleEnvironment({ github, state }),
  loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples')),
  loadEnvironment('private', path.join(ENVIRONMENTS_FOLDER, 'examples')),
];

describe.each(environments.map((environment) => [environment.name, environment] as const))(
  '%s',
  (name, environment) => {
    const bootstrap = synthesised(
      new BootstrapStack(Testing.app(), 'bootstrap', {
        environment,
        state: environment.state ?? state,
        settings: sampleSettings(),
      }),
    );
    const arn = (kind: string, part: string) => `arn:aws:iam::123456789012:${kind}/ad-analytics-${name}-${part}`;
    const policies = bootstrap.all('aws_iam_policy');
    const boundaryPolicy = policies.find((policy) => policy['name'] === `ad-analytics-${name}-boundary`);
    const boundary = resolved(String(boundaryPolicy?.['policy']));
    const ofRole = (part: string) =>
      policies
        .filter((policy) => String(policy['name']).startsWith(`ad-analytics-${name}-${part}-`))
        .flatMap((policy) => resolved(String(policy['policy'])));
    const model: AccountModel = {
      boundaryArn: arn('policy', 'boundary'),
      boundary,
      roles: [
        ...SERVICE_ROLES.map((part) => ({ arn: arn('role', part), bounded: true })),
        { arn: arn('role', 'plan'), bounded: false },
        { arn: arn('role', 'deploy'), bounded: false },
        // A role that was created manually, with the prefix and without the boundary.
        { arn: arn('role', 'by-hand'), bounded: false },
        { arn: 'arn:aws:iam::123456789012:role/Administrator', bounded: false },
        { arn: 'arn:aws:iam::999999999999:role/Administrator', bounded: false },
      ],
    };
    const pipeline = synthesisedPipeline(environment);
    const ways = (part: string, statements: readonly AnyStatement[], parts: Partial<AccountModel> = {}) =>
      waysOut(arn('role', part), statements, { ...model, ...parts });

    it('has statements to analyse', () => {
      expect(ofRole('deploy').length).toBeGreaterThan(30);
      expect(ofRole('plan').length).toBeGreaterThan(10);
      expect(boundary.length).toBeGreaterThan(8);
    });

    it.each(['plan', 'deploy'])('does not let the role %s exceed the boundary', (part) => {
      expect(ways(part, ofRole(part))).toEqual([]);
    });

    it.each<[string, (statements: AnyStatement[]) => AnyStatement[], RegExp]>([
      [
        'a role could be made without the boundary',
        (all) => all.map((one) => (one.Sid === 'WriteBoundedRoles' ? { ...one, Condition: {} } : one)),
        /deploy: iam:CreateRole .*-flink with the boundary none/,
      ],
      [
        'permissions are granted on the prefix of names',
        (all) => all.map((one) => (one.Sid === 'WriteRoles' ? { ...one, Resource: [arn('role', '*')] } : one)),
        /iam:UpdateAssumeRolePolicy .*-by-hand, which has no boundary/,
      ],
      [
        'any role could be passed',
        (all) => all.map((one) => (one.Sid === 'GiveRoles' ? { ...one, Resource: ['*'] } : one)),
        /iam:PassRole arn:aws:iam::123456789012:role\/Administrator, which has no boundary/,
      ],
      [
        'an action has an unknown effect',
        (all) => [...all, { Effect: 'Allow', Action: ['iam:CreatePolicyVersion'], Resource: [model.boundaryArn] }],
        /deploy: iam:CreatePolicyVersion/,
      ],
      [
        'everything of IAM is allowed',
        (all) => [...all, { Effect: 'Allow', Action: ['iam:*'], Resource: ['*'] }],
        /iam:\*/,
      ],
      [
        'everything but S3 is allowed',
        (all) => [...all, { Effect: 'Allow', NotAction: ['s3:*'], Resource: ['*'] }],
        /everything but s3:\*/,
      ],
      [
        'the boundary can be removed',
        (all) => [
          ...all,
          { Effect: 'Allow', Action: ['iam:DeleteRolePermissionsBoundary'], Resource: [arn('role', 'flink')] },
        ],
        /iam:DeleteRolePermissionsBoundary .*-flink/,
      ],
    ])('is found if %s', (_, changed, way) => {
      expect(ways('deploy', changed(ofRole('deploy'))).join('\n')).toMatch(way);
    });

    it('is found if the boundary allows a role to assume another', () => {
      const wide = [...boundary, { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: ['*'] }];
      expect(ways('deploy', ofRole('deploy'), { boundary: wide }).join('\n')).toMatch(
        /deploy > iam:PassRole .*-flink: sts:AssumeRole .*Administrator, which has no boundary/,
      );
    });

    const ofKms = (resource: string) => `arn:aws:kms:${environment.region}:123456789012:${resource}`;
    const foreign = {
      arn: ofKms('key/of-another-project'),
      tag: ['Project', 'ad-analytics'],
      aliasArn: ofKms(`alias/ad-analytics-${name}-data`),
    } as const;
    const uses = (deployer: readonly AnyStatement[], bounded = boundary) =>
      usesOfForeignKey(deployer, { bounded, plan: ofRole('plan') }, foreign);

    it('does not let any role use or read a key of another project, although the deploying role can tag it', () => {
      expect(mayDo(ofRole('deploy'), 'kms:TagResource', foreign.arn)).toBe(true);
      expect(uses(ofRole('deploy'))).toEqual([]);
    });

    it.each<[string, string[], (all: AnyStatement[]) => AnyStatement[], (all: AnyStatement[]) => AnyStatement[]]>([
      [
        'the tag allows the deploying role to use keys',
        ['deploy: kms:Decrypt'],
        (all) => [
          ...all,
          {
            Effect: 'Allow',
            Action: ['kms:Decrypt'],
            Resource: ['*'],
            Condition: { StringEquals: { 'aws:ResourceTag/Project': 'ad-analytics' } },
          },
        ],
        (all) => all,
      ],
      [
        'the tag allows the roles of the pipeline to use keys',
        ['bounded: kms:Decrypt', 'bounded: kms:GenerateDataKey'],
        (all) => all,
        (all) =>
          all.map((one) =>
            one.Sid === 'Keys'
              ? { ...one, Condition: { StringEquals: { 'aws:ResourceTag/Project': 'ad-analytics' } } }
              : one,
          ),
      ],
      [
        'the alias could be moved to any key',
        ['bounded: kms:Decrypt', 'bounded: kms:GenerateDataKey', 'deploy: kms:GetKeyPolicy', 'plan: kms:GetKeyPolicy'],
        (all) => [...all, { Effect: 'Allow', Action: ['kms:UpdateAlias'], Resource: [foreign.arn] }],
        (all) => all,
      ],
    ])('finds a use of a key of another project if %s', (_, expected, deployer, bounded) => {
      expect(uses(deployer(ofRole('deploy')), bounded(boundary)).sort()).toEqual(expected);
    });

    it("allows the deploying role to use the environment's own key, by the key policy", () => {
      const [key] = pipeline.all('aws_kms_key');
      const deployment = resolved(String(key?.['policy'])).find(({ Sid }) => Sid === 'Deployment');
      expect(deployment?.Action).toEqual(
        expect.arrayContaining(['kms:CreateAlias', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:PutKeyPolicy']),
      );
    });

    it.each([
      ['aws_athena_workgroup', 'athena:CreateWorkGroup'],
      ['aws_cloudwatch_log_group', 'logs:CreateLogGroup'],
      ['aws_cloudwatch_metric_alarm', 'cloudwatch:PutMetricAlarm'],
      ['aws_dynamodb_table', 'dynamodb:CreateTable'],
      ['aws_glue_catalog_database', 'glue:CreateDatabase'],
      ['aws_kinesis_firehose_delivery_stream', 'firehose:CreateDeliveryStream'],
      ['aws_kinesis_stream', 'kinesis:CreateStream'],
      ['aws_kinesisanalyticsv2_application', 'kinesisanalytics:CreateApplication'],
      ['aws_kinesisanalyticsv2_application', 'kinesisanalytics:RollbackApplication'],
      ['aws_kms_alias', 'kms:CreateAlias'],
      ['aws_lambda_function', 'lambda:CreateFunction'],
      ['aws_sns_topic', 'sns:CreateTopic'],
      ['aws_sqs_queue', 'sqs:CreateQueue'],
    ])('allows the deploying role to create each %s, by %s', (type, action) => {
      const arns = arnsOf(pipeline, type);
      expect(arns.length).toBeGreaterThan(0);
      expect(arns.filter((one) => !mayDo(ofRole('deploy'), action, one))).toEqual([]);
    });

    it('allows the deploying role to run every command of the runbooks on the application', () => {
      const pages = readdirSync(RUNBOOKS).map((page) => readFileSync(path.join(RUNBOOKS, page), 'utf8'));
      const operations = new Set(
        pages.flatMap((page) => [...page.matchAll(/aws kinesisanalyticsv2 ([a-z-]+)/g)].map(([, name = '']) => name)),
      );
      expect(operations.size).toBeGreaterThan(7);
      const action = (operation: string) =>
        `kinesisanalytics:${operation.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
      const [application = ''] = arnsOf(pipeline, 'aws_kinesisanalyticsv2_application');
      expect([...operations].filter((operation) => !mayDo(ofRole('deploy'), action(operation), application))).toEqual(
        [],
      );
    });

    it('has the boundary on every role of the pipeline, and allows its creation', () => {
      const roles = pipeline.all('aws_iam_role');
      expect(roles.length).toBeGreaterThanOrEqual(3);
      for (const role of roles) {
        expect(String(role['permissions_boundary'])).toMatch(new RegExp(`:policy/ad-analytics-${name}-boundary$`));
        expect(SERVICE_ROLES.map((part) => `ad-analytics-${name}-${part}`)).toContain(role['name']);
      }
    });

    it.each(SERVICE_ROLES)('has a boundary that includes the complete policy of the role %s', (part) => {
      const statements = statementsOfRole(pipeline, `ad-analytics-${name}-${part}`);
      const optional: Partial<Record<typeof part, unknown>> = {
        'flink-green': environment.sideBySide,
        warehouse: environment.warehouse,
        iceberg: environment.archive.iceberg,
        compaction: environment.archive.iceberg,
        snapshots: environment.flink.snapshots,
        schedule: environment.flink.snapshots,
      };
      if (!(part in optional) || optional[part] !== undefined) expect(statements.length).toBeGreaterThan(0);
      const beyond = statements.flatMap(({ Action = [], Resource = [] }) =>
        Action.flatMap((action) =>
          Resource.filter((resource) => !within(boundary, action, resource)).map((resource) => [action, resource]),
        ),
      );
      expect(beyond).toEqual([]);
    });
  },
);

/** @returns whether a statement has the action and a resource pattern that covers the given resource, which may also be a pattern */
function within(statements: readonly AnyStatement[], action: string, resource: string): boolean {
  // A pattern that covers the resource with one text instead of the wildcard covers it with any text.
  const text = resource.replaceAll('*', 'x/x:x');
  return statements.some(
    ({ Action = [], Resource = [] }) => Action.includes(action) && Resource.some((pattern) => matches(pattern, text)),
  );
}
