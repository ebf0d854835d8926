import path from 'node:path';
import { Testing } from 'cdktf';
import { statementsOf } from '../../test/iam-statements';
import { commonTags } from '../naming';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { only } from '../../test/sample-pipeline';
import { synthesised } from '../../test/synthesised';
import type { Environment } from '../environments/environment';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from '../environments/load-environment';
import { BootstrapStack } from './bootstrap-stack';

const github = { repository: 'owner/name', branch: 'main', createProvider: true };
const ISSUER = 'token.actions.githubusercontent.com';
const stackOf = (parts: Partial<Environment> = { github }) => {
  const state = { bucket: 'state-bucket' };
  const environment = sampleEnvironment({ state, ...parts });
  return new BootstrapStack(Testing.app(), 'bootstrap', { environment, state, settings: sampleSettings() });
};
const synth = (parts?: Partial<Environment>) => synthesised(stackOf(parts));
const IAM_POLICY_LIMIT = 6_144;

describe('BootstrapStack', () => {
  it('makes the bucket of the state, which cannot be destroyed', () => {
    expect(only(synth(), 'aws_s3_bucket')).toMatchObject({
      bucket: 'state-bucket',
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('keeps its own state there, locked', () => {
    const { terraform } = JSON.parse(Testing.synth(stackOf())) as { terraform: { backend: object } };
    expect(terraform.backend).toEqual({
      s3: {
        bucket: 'state-bucket',
        key: 'ad-analytics/dev/bootstrap.tfstate',
        region: 'us-east-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  /** @returns what a token must say, by the role that it is for */
  function claims(settings: NonNullable<Environment['github']>) {
    const trusts = statementsOf(synth({ github: settings })).filter(({ place }) => place.startsWith('aws_iam_role.'));
    const [deploy, plan, ...others] = trusts.map(({ condition }) => condition);
    expect(others).toEqual([]);
    return { deploy, plan };
  }
  const aud = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' };

  it('lets only workflows of the repository take the roles: one in pull requests, one in the environment, from its branch', () => {
    expect(claims(github)).toEqual({
      deploy: {
        StringEquals: {
          ...aud,
          [`${ISSUER}:sub`]: 'repo:owner/name:environment:dev',
          [`${ISSUER}:ref`]: 'refs/heads/main',
          [`${ISSUER}:environment`]: 'dev',
        },
      },
      plan: { StringEquals: { ...aud, [`${ISSUER}:sub`]: 'repo:owner/name:pull_request' } },
    });
  });

  it('takes tokens of both forms where the numbers are known, of that repository only', () => {
    const { deploy, plan } = claims({ ...github, ids: { owner: '12', repository: '34' } });
    expect(deploy).toMatchObject({
      StringEquals: {
        [`${ISSUER}:sub`]: ['repo:owner/name:environment:dev', 'repo:owner@12/name@34:environment:dev'],
        [`${ISSUER}:repository_id`]: '34',
        [`${ISSUER}:ref`]: 'refs/heads/main',
      },
    });
    expect(plan).toEqual({
      StringEquals: {
        ...aud,
        [`${ISSUER}:sub`]: ['repo:owner/name:pull_request', 'repo:owner@12/name@34:pull_request'],
        [`${ISSUER}:repository_id`]: '34',
      },
    });
  });

  it('allows neither every action of a service nor more than is named', () => {
    const statements = statementsOf(synth()).filter(({ place }) => place.startsWith('aws_iam_policy.'));
    expect(statements.length).toBeGreaterThan(20);
    const allowed = statements.filter(({ effect }) => effect === 'Allow');
    expect(allowed.filter(({ actions }) => actions.some((action) => /(?:^|:)\*$/.test(action)))).toEqual([]);
    const everywhere = statements.filter(({ resources }) => resources.includes('*'));
    for (const { actions, condition } of everywhere) {
      const reads = actions.every((action) => /:(?:List|Describe|Get|Validate)|^xray:Put/.test(action));
      // What is not a mere look at names must be narrowed otherwise.
      expect([actions, reads || condition !== undefined]).toEqual([actions, true]);
    }
  });

  it('lets no role of CI change its own rights', () => {
    const [denied, ...others] = statementsOf(synth()).filter(
      ({ effect, sid }) => effect === 'Deny' && sid === 'KeepOwnRights',
    );
    expect(others).toEqual([]);
    expect(denied?.actions).toEqual(['iam:*']);
    expect(denied?.resources.map((arn) => arn.slice(arn.lastIndexOf('/') + 1))).toEqual([
      'ad-analytics-dev-plan',
      'ad-analytics-dev-deploy',
    ]);
  });

  const ofDeployment = (parts: Partial<Environment>) =>
    statementsOf(synth({ github, ...parts })).filter(({ place }) => /^aws_iam_policy\..*deploy-/.test(place));

  it('lets a new key be tagged, which has no tag yet, with the tags of the environment only', () => {
    const tagging = ofDeployment({}).filter(({ actions }) => actions.includes('kms:TagResource'));
    expect(tagging.map(({ sid, condition }) => [sid, condition])).toEqual([
      [
        'TagNewKeys',
        {
          StringEquals: { 'aws:RequestTag/Project': 'ad-analytics' },
          StringEqualsIfExists: { 'aws:ResourceTag/Project': 'ad-analytics' },
          'ForAllValues:StringEquals': {
            'aws:TagKeys': Object.keys(commonTags(sampleEnvironment())).sort(),
          },
        },
      ],
    ]);
  });

  it('lets subnets be looked up where there is a network or a warehouse, and only then', () => {
    const { network, warehouse } = loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples'));
    if (network === undefined || warehouse === undefined)
      throw new Error('the example has no network, or no warehouse');
    const looked = (parts: Partial<Environment>) =>
      ofDeployment(parts).flatMap(({ actions }) => actions.filter((action) => action === 'ec2:DescribeSubnets'));
    expect([looked({}), looked({ network }), looked({ warehouse }), looked({ network, warehouse })]).toEqual([
      [],
      ['ec2:DescribeSubnets'],
      ['ec2:DescribeSubnets'],
      ['ec2:DescribeSubnets'],
    ]);
  });

  it('lets no part of another network be changed where it makes one', () => {
    const ofNetwork = ofDeployment({ ownNetwork: { cidr: '10.0.0.0/16', zones: ['us-east-1a', 'us-east-1b'] } }).filter(
      ({ actions }) => actions.some((action) => action.startsWith('ec2:') && !action.startsWith('ec2:Describe')),
    );
    expect(ofNetwork.map(({ sid, condition }) => [sid, Object.keys(condition?.['StringEquals'] ?? {})])).toEqual([
      ['MakeNetwork', ['aws:RequestTag/Project']],
      ['WriteNetwork', ['aws:ResourceTag/Project']],
      ['TagNetwork', ['ec2:CreateAction']],
    ]);
    expect(ofDeployment({}).flatMap(({ actions }) => actions.filter((action) => action.startsWith('ec2:')))).toEqual(
      [],
    );
  });

  it('lets the roles of CI reach the state of the pipeline, and not that of the bootstrap', () => {
    const keys = statementsOf(synth()).filter(({ sid }) => ['ReadState', 'WriteState'].includes(sid));
    expect(keys.map(({ sid }) => sid)).toEqual(['ReadState', 'WriteState', 'ReadState']);
    for (const { resources } of keys) {
      expect(resources).toEqual([expect.stringMatching(/\/ad-analytics\/dev\/pipeline\.tfstate\*$/)]);
    }
  });

  it('lets the role that plans change nothing, and read no event', () => {
    const reading = statementsOf(synth()).filter(
      ({ place }) => place.startsWith('aws_iam_policy.') && place.includes('plan-'),
    );
    const actions = reading.flatMap((statement) => statement.actions);
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !/:(?:Describe|Get|List|Validate|View)/.test(action))).toEqual([]);
    expect(
      actions.filter((action) => /^(?:kinesis:GetRecords|dynamodb:(?:GetItem|Query|Scan)|kms:Decrypt)/.test(action)),
    ).toEqual([]);
  });

  it('writes policies that IAM takes', () => {
    for (const policy of synth().all('aws_iam_policy')) {
      // Spaces do not count; tokens become ARNs of about their length.
      expect(String(policy['policy']).replaceAll(/\$\{[^}]*\}/g, '123456789012').length).toBeLessThan(IAM_POLICY_LIMIT);
    }
  });

  it('uses the provider that is there, where it is told so', () => {
    const stack = synth({ github: { ...github, createProvider: false } });
    expect(stack.all('aws_iam_openid_connect_provider')).toEqual([]);
    expect(stack.all('aws_iam_role')).toHaveLength(2);
  });

  it('makes no role without a repository', () => {
    expect(synth({}).all('aws_iam_role')).toEqual([]);
  });
});
