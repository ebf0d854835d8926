import { type Architecture, architecture } from './architecture';
import { policy, sampleStack } from './sample-stack';
import type { StackJson } from './synthesised-stacks';

const SINK = 'aws_lambda_function:sink/function';
const STREAM = 'aws_kinesis_stream:streams/results';

const two = () =>
  architecture({
    dev: sampleStack({ alarms: false }),
    prod: sampleStack({ environment: 'prod', batchSize: 500, retentionHours: 168 }),
  });

const resource = ({ resources }: Architecture, key: string) => resources.find((one) => one.key === key);

/** @returns the stack with other arguments of a resource */
function changed(stack: StackJson, type: string, id: string, args: object): StackJson {
  const all = stack['resource'] as Record<string, Record<string, object>>;
  return { ...stack, resource: { ...all, [type]: { ...all[type], [id]: { ...all[type]?.[id], ...args } } } };
}

describe('architecture', () => {
  it('contains each resource once, with its environments', () => {
    expect(resource(two(), SINK)).toMatchObject({
      name: 'ad-analytics-<env>-sink',
      service: 'Lambda',
      environments: ['dev', 'prod'],
    });
    expect(resource(two(), 'aws_sns_topic:alarms/topic')?.environments).toEqual(['prod']);
  });

  it('contains a setting once if it is the same in all environments, otherwise by environment', () => {
    const settings = resource(two(), STREAM)?.settings;
    expect(settings).toContainEqual({ path: 'stream_mode_details.stream_mode', value: 'ON_DEMAND' });
    expect(settings).toContainEqual({ path: 'retention_period', byEnvironment: { dev: '24', prod: '168' } });
  });

  it('contains null if an environment has the resource without the setting', () => {
    const dev = changed(sampleStack(), 'aws_dynamodb_table', 'table_1', { billing_mode: 'PAY_PER_REQUEST' });
    const both = architecture({ dev, prod: sampleStack({ environment: 'prod' }) });
    expect(resource(both, 'aws_dynamodb_table:table')?.settings).toContainEqual({
      path: 'billing_mode',
      byEnvironment: { dev: 'PAY_PER_REQUEST', prod: null },
    });
  });

  it('replaces references by names, and a key by its alias', () => {
    expect(resource(two(), SINK)?.settings).toContainEqual({
      path: 'environment.variables.RESULTS_TABLE',
      value: 'ad-analytics-<env>-results',
    });
    expect(resource(two(), STREAM)?.settings).toContainEqual({
      path: 'kms_key_id',
      value: 'alias/ad-analytics-<env>-data',
    });
  });

  it('does not depend on the built artefacts', () => {
    expect(resource(two(), SINK)?.settings).toContainEqual({ path: 's3_key', value: 'sink/<content hash>.zip' });
  });

  it('reads permissions from the policy of a role, for the resource that has the role', () => {
    const { grants } = two();
    expect(grants).toContainEqual({
      sid: 'Read',
      effect: 'Allow',
      principal: SINK,
      actions: ['kinesis:GetRecords', 'kinesis:ListShards'],
      resource: STREAM,
      target: 'Results',
      conditions: [],
      access: 'read',
      environments: ['dev', 'prod'],
    });
    expect(grants.find(({ sid }) => sid === 'Write')).toMatchObject({
      access: 'write',
      target: 'ad-analytics-<env>-results',
    });
    expect(grants.find(({ sid }) => sid === 'Key')).toMatchObject({ access: 'use' });
  });

  it("reads a resource's own policy as well", () => {
    expect(two().grants.find(({ sid }) => sid === 'Logs')).toMatchObject({
      principal: 'logs.<region>.amazonaws.com',
      resource: 'aws_kms_key:key',
    });
  });

  it('distinguishes environments with different policies', () => {
    const more = { policy: policy({ Sid: 'All', Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }) };
    const dev = changed(sampleStack(), 'aws_iam_role_policy', 'policy_1', more);
    const { grants } = architecture({ dev, prod: sampleStack({ environment: 'prod' }) });
    expect(grants.find(({ sid }) => sid === 'All')?.environments).toEqual(['dev']);
    expect(grants.find(({ sid }) => sid === 'Read')?.environments).toEqual(['prod']);
  });

  it('contains who can assume a role, and the conditions', () => {
    expect(two().trusts).toEqual([
      {
        role: 'aws_iam_role:sink/role',
        roleName: 'ad-analytics-<env>-sink',
        trusted: ['lambda.amazonaws.com'],
        conditions: ['StringEquals aws:SourceAccount = <account>'],
        actors: [SINK],
        environments: ['dev', 'prod'],
      },
    ]);
  });

  it('contains the flows of data and failures, with the amounts of all environments', () => {
    const flows = two().flows.map(({ environments: _, ...flow }) => flow);
    expect(flows).toEqual(
      expect.arrayContaining([
        { from: 'producers', to: STREAM, kind: 'data', label: '' },
        { from: STREAM, to: SINK, kind: 'data', label: 'batches', amount: 'of 100 / 500' },
        { from: SINK, to: 'aws_dynamodb_table:table', kind: 'data', label: '' },
        { from: 'aws_dynamodb_table:table', to: 'readers', kind: 'data', label: '' },
        { from: SINK, to: 'aws_sqs_queue:sink/letters', kind: 'failure', label: '' },
        {
          from: STREAM,
          to: 'aws_sqs_queue:sink/given-up',
          kind: 'failure',
          label: 'given up',
          amount: 'after 5 tries',
        },
        {
          from: 'aws_cloudwatch_metric_alarm:alarms/behind',
          to: 'aws_sns_topic:alarms/topic',
          kind: 'notify',
          label: '',
        },
      ]),
    );
    // The function's role allows what the mapping sends to the queue; this is not a second flow.
    expect(flows.filter(({ to }) => to === 'aws_sqs_queue:sink/given-up')).toHaveLength(1);
    // Using a key is not a flow.
    expect(flows.some(({ to }) => to.startsWith('aws_kms_key'))).toBe(false);
  });
});
