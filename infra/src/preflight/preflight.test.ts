import { sampleEnvironment, sampleSettings, sideBySideEnvironment } from '../../test/sample-environment';
import type { Environment } from '../environments/environment';
import type { PreflightClients } from './clients';
import type { Finding } from './finding';
import { preflight, report } from './preflight';
import type { Machine } from './tool-checks';

const ACCOUNT = '123456789012';

/** An AWS error. */
function refusal(name: string): Error {
  const error = new Error('refused');
  error.name = name;
  return error;
}
const absent = () => {
  throw refusal('ResourceNotFoundException');
};

/** The responses of a new AWS account, by command. */
const NEW_ACCOUNT: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {
  GetCallerIdentityCommand: () => ({ Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/me` }),
  ListStreamsCommand: () => ({ StreamNames: [] }),
  DescribeLimitsCommand: () => ({
    ShardLimit: 200,
    OpenShardCount: 0,
    OnDemandStreamCount: 0,
    OnDemandStreamCountLimit: 50,
  }),
  ListTagsForStreamCommand: absent,
  DescribeTableCommand: absent,
  DescribeApplicationCommand: absent,
  GetAccountSettingsCommand: () => ({ AccountLimit: { UnreservedConcurrentExecutions: 1000 } }),
  ListServiceQuotasCommand: () => ({ Quotas: [{ QuotaName: 'KPUs per application', Value: 64 }] }),
  HeadBucketCommand: () => ({}),
  GetRoleCommand: () => ({}),
  GetPolicyCommand: () => ({}),
  GetOpenIDConnectProviderCommand: () => ({}),
};

/** @returns clients with these responses, and the names of the commands that were sent */
function account(answers: typeof NEW_ACCOUNT = {}) {
  const sent: string[] = [];
  const all = { ...NEW_ACCOUNT, ...answers };
  const client = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const { name } = command.constructor;
      sent.push(name);
      const answer = all[name];
      if (answer === undefined) throw new Error(`${name} is not expected`);
      return answer(command.input);
    },
  };
  const clients = {
    applications: client,
    functions: client,
    identity: client,
    objects: client,
    quotas: client,
    roles: client,
    streams: client,
    tables: client,
  } as unknown as PreflightClients;
  return { clients, sent };
}

const machine = (parts: Partial<Machine> = {}): Machine => ({
  terraform: () => '/usr/bin/terraform',
  version: async () => '1.11.4',
  mirror: () => undefined,
  registryAnswers: async () => true,
  ...parts,
});

const dev = sampleEnvironment();
const ready = (parts: Partial<Environment> = {}): Environment =>
  sampleEnvironment({
    accountId: ACCOUNT,
    state: { bucket: 'state-bucket' },
    github: { repository: 'owner/name', branch: 'main', createProvider: true },
    alarms: { ...dev.alarms, emails: ['a@example.com'] },
    ...parts,
  });

const looked = (
  environment: Environment,
  answers: typeof NEW_ACCOUNT = {},
  parts: Partial<Machine> = {},
): Promise<readonly Finding[]> => preflight(environment, sampleSettings(), account(answers).clients, machine(parts));

const notOk = (findings: readonly Finding[]) => findings.filter(({ outcome }) => outcome !== 'ok');

describe('preflight', () => {
  it('does not find a problem in an account that is ready', async () => {
    const findings = await looked(ready());
    expect(notOk(findings)).toEqual([]);
    expect(findings.length).toBeGreaterThan(10);
    expect(report(findings)).toContain('All requirements are met.');
  });

  it('checks the names and the shards of both versions of the job, if there are two', async () => {
    const { sideBySide, flink } = sideBySideEnvironment();
    const shards = { impressions: 4, clicks: 2, results: 3 };
    const streams = { mode: 'PROVISIONED', retentionHours: 24, shards } as const;
    const about = (findings: readonly Finding[]) => findings.map((one) => `${one.about}: ${one.found}`);
    const [one, two] = [await looked(ready({ streams })), await looked(ready({ streams, sideBySide, flink }))];
    expect(about(two).filter((line) => !about(one).includes(line))).toEqual([
      'stream AdResultantOutput-green: the name is free',
      'application ad-analytics-dev-flink-green: the name is free',
      'quota of Kinesis: 0 of 200 shards are used, 12 are needed',
    ]);
  });

  it('does not change anything', async () => {
    const { clients, sent } = account();
    await preflight(ready(), sampleSettings(), clients, machine());
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter((name) => !/^(?:Describe|Get|List|Head)/.test(name))).toEqual([]);
  });

  it.each<[string, Partial<Environment>, typeof NEW_ACCOUNT, Partial<Machine>, string, string, RegExp]>([
    [
      'Terraform is not installed',
      {},
      {},
      { terraform: () => undefined },
      'terraform',
      'wrong',
      /install Terraform 1\.10/,
    ],
    ['Terraform is old', {}, {}, { version: async () => '1.9.8' }, 'terraform', 'wrong', /install Terraform 1\.10/],
    [
      'the provider is not available',
      {},
      {},
      { registryAnswers: async () => false },
      'provider hashicorp/aws 6.25.0',
      'wrong',
      /TERRAFORM_PROVIDER_MIRROR/,
    ],
    ['mails have no recipient', { alarms: dev.alarms }, {}, {}, 'alarms', 'wrong', /add an address/],
    [
      'the credentials belong to another account',
      { accountId: '999999999999' },
      {},
      {},
      'account',
      'wrong',
      /sign in to 999999999999/,
    ],
    [
      'the region is not enabled',
      {},
      {
        ListStreamsCommand: () => {
          throw refusal('UnrecognizedClientException');
        },
      },
      {},
      'region',
      'wrong',
      /enable us-east-1/,
    ],
    [
      'the bucket of the state is missing',
      {},
      {
        HeadBucketCommand: () => {
          throw refusal('NotFound');
        },
      },
      {},
      'state',
      'wrong',
      /infra:bootstrap --env dev/,
    ],
    [
      'the bucket of the state belongs to another account',
      {},
      {
        HeadBucketCommand: () => {
          throw refusal('Forbidden');
        },
      },
      {},
      'state',
      'wrong',
      /another bucket/,
    ],
    ['the state is a local file', { state: undefined }, {}, {}, 'state', 'advice', /"state"/],
    [
      'the boundary is missing',
      {},
      {
        GetPolicyCommand: () => {
          throw refusal('NoSuchEntityException');
        },
      },
      {},
      'roles of GitHub',
      'wrong',
      /infra:bootstrap --env dev/,
    ],
    [
      'a stream belongs to another environment',
      {},
      {
        ListTagsForStreamCommand: ({ StreamName }) =>
          StreamName === 'ClicksStreamInput'
            ? {
                Tags: [
                  { Key: 'Project', Value: 'ad-analytics' },
                  { Key: 'Environment', Value: 'staging' },
                ],
              }
            : absent(),
      },
      {},
      'stream ClicksStreamInput',
      'wrong',
      /another region or account/,
    ],
    [
      'an untagged table exists',
      {},
      { DescribeTableCommand: () => ({ Table: { TableArn: 'arn' } }), ListTagsOfResourceCommand: () => ({ Tags: [] }) },
      {},
      'table ad-analytics-dev-results',
      'wrong',
      /another region or account/,
    ],
    [
      'there are too many streams on demand',
      {},
      { DescribeLimitsCommand: () => ({ OnDemandStreamCount: 48, OnDemandStreamCountLimit: 50 }) },
      {},
      'quota of Kinesis',
      'wrong',
      /Service Quotas/,
    ],
    [
      'there are too many shards',
      { streams: { mode: 'PROVISIONED', retentionHours: 24, shards: { impressions: 8, clicks: 2, results: 8 } } },
      { DescribeLimitsCommand: () => ({ OpenShardCount: 190, ShardLimit: 200 }) },
      {},
      'quota of Kinesis',
      'wrong',
      /Service Quotas/,
    ],
    [
      'a reservation leaves too few executions',
      { sink: { ...dev.sink, reservedConcurrency: 50 } },
      { GetAccountSettingsCommand: () => ({ AccountLimit: { UnreservedConcurrentExecutions: 149 } }) },
      {},
      'quota of Lambda',
      'wrong',
      /remove sink\.reservedConcurrency/,
    ],
    [
      'a new account has few executions',
      {},
      { GetAccountSettingsCommand: () => ({ AccountLimit: { UnreservedConcurrentExecutions: 10 } }) },
      {},
      'quota of Lambda',
      'advice',
      /Service Quotas/,
    ],
    [
      'the job begins with more KPUs than there are',
      { flink: { ...dev.flink, parallelism: 65 } },
      {},
      {},
      'quota of Flink',
      'wrong',
      /Service Quotas/,
    ],
    [
      'a call is not allowed',
      {},
      {
        GetAccountSettingsCommand: () => {
          throw refusal('AccessDeniedException');
        },
      },
      {},
      'quota of Lambda',
      'unknown',
      /lambda:GetAccountSettings/,
    ],
  ])('says what to do where %s', async (_, parts, answers, tools, about, outcome, todo) => {
    const findings = notOk(await looked(ready(parts), answers, tools)).filter((one) => one.about === about);
    expect(findings).toEqual([{ about, outcome, found: expect.any(String), todo: expect.stringMatching(todo) }]);
  });

  it('does not make further calls without credentials', async () => {
    const { clients, sent } = account({
      GetCallerIdentityCommand: () => {
        throw refusal('CredentialsProviderError');
      },
    });
    const findings = await preflight(ready(), sampleSettings(), clients, machine());
    expect(notOk(findings)).toEqual([expect.objectContaining({ about: 'credentials', outcome: 'wrong' })]);
    expect(sent).toEqual(['GetCallerIdentityCommand']);
  });

  it('recognises resources of an earlier deployment, and does not count them twice', async () => {
    const Tags = [
      { Key: 'Project', Value: 'ad-analytics' },
      { Key: 'Environment', Value: 'dev' },
    ];
    const findings = await looked(ready(), {
      ListTagsForStreamCommand: () => ({ Tags }),
      DescribeTableCommand: () => ({ Table: { TableArn: 'arn' } }),
      ListTagsOfResourceCommand: () => ({ Tags }),
      DescribeApplicationCommand: () => ({ ApplicationDetail: { ApplicationARN: 'arn' } }),
      ListTagsForResourceCommand: () => ({ Tags }),
      DescribeLimitsCommand: () => ({ OnDemandStreamCount: 50, OnDemandStreamCountLimit: 50 }),
    });
    expect(notOk(findings)).toEqual([]);
  });
});

describe('report', () => {
  it('prints what to do under each problem, and the counts', () => {
    const findings: Finding[] = [
      { about: 'region', outcome: 'ok', found: 'answers' },
      { about: 'state', outcome: 'wrong', found: 'it is missing', todo: 'make it' },
      { about: 'quota', outcome: 'unknown', found: 'it cannot be asked', todo: 'look yourself' },
    ];
    expect(report(findings).split('\n')).toEqual([
      'ok       region: answers',
      'WRONG    state: it is missing',
      '          make it',
      'unknown  quota: it cannot be asked',
      '          look yourself',
      '',
      '1 must be fixed before a deployment. 0 to consider, 1 could not be checked.',
    ]);
  });
});
