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
  it('creates the bucket of the state, which cannot be destroyed', () => {
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

  /** @returns the conditions on a token, by role */
  function claims(settings: NonNullable<Environment['github']>) {
    const trusts = statementsOf(synth({ github: settings })).filter(({ place }) => place.startsWith('aws_iam_role.'));
    const [deploy, plan, ...others] = trusts.map(({ condition }) => condition);
    expect(others).toEqual([]);
    return { deploy, plan };
  }
  const aud = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' };

  it('allows only workflows of the repository to assume the roles: one role in pull requests, one in the environment, from its branch', () => {
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

  it('accepts both forms of tokens if the ids are known, only of that repository', () => {
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

  it('allows neither all actions of a service nor unnamed resources', () => {
    const statements = statementsOf(synth()).filter(({ place }) => place.startsWith('aws_iam_policy.'));
    expect(statements.length).toBeGreaterThan(20);
    const allowed = statements.filter(({ effect }) => effect === 'Allow');
    expect(allowed.filter(({ actions }) => actions.some((action) => /(?:^|:)\*$/.test(action)))).toEqual([]);
    const everywhere = statements.filter(({ resources }) => resources.includes('*'));
    for (const { actions, condition } of everywhere) {
      const reads = actions.every((action) => /:(?:List|Describe|Get|Validate)|^xray:Put/.test(action));
      // Actions that do more than list names need another restriction.
      expect([actions, reads || condition !== undefined]).toEqual([actions, true]);
    }
  });

  it('does not let a role of CI change its own permissions', () => {
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

  it('allows tagging an untagged key, only with the tags of the environment', () => {
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

  it('allows the lookup of subnets only with a network or a warehouse', () => {
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

  it('does not allow changes of another network if it creates one', () => {
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

  it('allows the roles of CI access to the state of the pipeline, but not to that of the bootstrap', () => {
    const keys = statementsOf(synth()).filter(({ sid }) => ['ReadState', 'WriteState'].includes(sid));
    expect(keys.map(({ sid }) => sid)).toEqual(['ReadState', 'WriteState', 'ReadState']);
    for (const { resources } of keys) {
      expect(resources).toEqual([expect.stringMatching(/\/ad-analytics\/dev\/pipeline\.tfstate\*$/)]);
    }
  });

  it('does not allow the planning role to change resources or read events', () => {
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

  it('writes policies within the limits of IAM', () => {
    for (const policy of synth().all('aws_iam_policy')) {
      // Spaces do not count; tokens are replaced by ARNs of about the same length.
      expect(String(policy['policy']).replaceAll(/\$\{[^}]*\}/g, '123456789012').length).toBeLessThan(IAM_POLICY_LIMIT);
    }
  });

  it('uses an existing provider if configured', () => {
    const stack = synth({ github: { ...github, createProvider: false } });
    expect(stack.all('aws_iam_openid_connect_provider')).toEqual([]);
    expect(stack.all('aws_iam_role')).toHaveLength(2);
  });

  it('does not create roles without a repository', () => {
    expect(synth({}).all('aws_iam_role')).toEqual([]);
  });
});
