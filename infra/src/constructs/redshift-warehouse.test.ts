import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { synthesisedScope, type Arguments } from '../../test/synthesised';
import { warehouseSettings } from '../environments/warehouse-settings';
import { deployStatements } from '../iam/deploy-permissions';
import { planStatements } from '../iam/plan-permissions';
import { Account } from '../iam/account';
import { WAREHOUSE_OUTPUTS } from '../warehouse/outputs';
import { EncryptionKey } from './encryption-key';
import { EventStreams } from './event-streams';
import { RedshiftWarehouse } from './redshift-warehouse';

const SETTINGS = {
  baseRpus: 8,
  maxRpus: 32,
  dailyRpuHours: 60,
  logRetentionDays: 30,
  subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'],
  securityGroupIds: ['sg-0a'],
};

const environment = sampleEnvironment({ warehouse: SETTINGS });
const stack = synthesisedScope((scope) => {
  const key = new EncryptionKey(scope, 'key', { environment });
  const streams = new EventStreams(scope, 'streams', { environment, settings: sampleSettings(), key });
  new RedshiftWarehouse(scope, 'warehouse', { environment, settings: SETTINGS, streams, key });
});
const only = (type: string): Arguments => {
  const [resource, ...others] = stack.all(type);
  expect(others).toEqual([]);
  return resource ?? {};
};

describe('RedshiftWarehouse', () => {
  it('is encrypted, private, and has a password that no one knows', () => {
    expect(only('aws_redshiftserverless_namespace')).toMatchObject({
      namespace_name: 'ad-analytics-dev-warehouse',
      kms_key_id: expect.stringMatching(/aws_kms_key/),
      manage_admin_password: true,
      admin_password_secret_kms_key_id: expect.stringMatching(/aws_kms_key/),
    });
    expect(only('aws_redshiftserverless_namespace')).not.toHaveProperty('admin_user_password');
    expect(only('aws_redshiftserverless_workgroup')).toMatchObject({
      publicly_accessible: false,
      enhanced_vpc_routing: true,
      subnet_ids: SETTINGS.subnetIds,
    });
  });

  it("keeps its logs in groups with the environment's key and retention, which exist before it", () => {
    const { log_exports: logs, depends_on: after } = only('aws_redshiftserverless_namespace') as unknown as {
      log_exports: string[];
      depends_on: string[];
    };
    const groups = stack.all('aws_cloudwatch_log_group');
    expect(groups.map(({ name }) => name).sort()).toEqual(
      logs.map((log) => `/aws/redshift/ad-analytics-dev-warehouse/${log}`).sort(),
    );
    for (const group of groups)
      expect(group).toMatchObject({ retention_in_days: 30, kms_key_id: expect.stringMatching(/aws_kms_key/) });
    expect(after.filter((one) => one.startsWith('aws_cloudwatch_log_group.'))).toHaveLength(logs.length);
  });

  it('ignores parameters that it does not set, and checks those that it sets', () => {
    const { lifecycle } = only('aws_redshiftserverless_workgroup') as unknown as {
      lifecycle: { ignore_changes: string[]; postcondition: { condition: string }[] };
    };
    expect(lifecycle.ignore_changes).toEqual(['config_parameter']);
    for (const parameter of ['enable_case_sensitive_identifier=true', 'require_ssl=true']) {
      expect(lifecycle.postcondition[0]?.condition).toContain(parameter);
    }
  });

  it('keeps the case of the stream name, and requires TLS', () => {
    expect(only('aws_redshiftserverless_workgroup')['config_parameter']).toEqual(
      expect.arrayContaining([
        { parameter_key: 'enable_case_sensitive_identifier', parameter_value: 'true' },
        { parameter_key: 'require_ssl', parameter_value: 'true' },
      ]),
    );
  });

  it('costs at most what the environment allows', () => {
    expect(only('aws_redshiftserverless_workgroup')).toMatchObject({ base_capacity: 8, max_capacity: 32 });
    expect(only('aws_redshiftserverless_usage_limit')).toMatchObject({
      amount: 60,
      period: 'daily',
      breach_action: 'deactivate',
    });
  });

  it('has a separate role, which can read only the results', () => {
    const { Statement } = JSON.parse(String(only('aws_iam_role_policy')['policy'])) as {
      Statement: { Sid: string; Action: string[]; Resource: string[] }[];
    };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['ReadResults', 'FindStream', 'DecryptData']);
    expect(Statement.find(({ Sid }) => Sid === 'ReadResults')?.Resource).toEqual([
      expect.stringMatching(/streams_results/),
    ]);
    expect(Statement.find(({ Sid }) => Sid === 'FindStream')?.Action).toEqual(['kinesis:ListStreams']);
    const trust = String(only('aws_iam_role')['assume_role_policy']);
    expect(trust).toContain('"Service":["redshift-serverless.amazonaws.com","redshift.amazonaws.com"]');
    expect(trust).toContain(':dbuser:ad-analytics-dev-warehouse/*');
  });

  it('publishes the outputs that the command for its views needs', () => {
    expect(Object.keys(stack.output)).toEqual(expect.arrayContaining(Object.values(WAREHOUSE_OUTPUTS)));
  });
});

describe('the permissions of a deployment', () => {
  const statements = (warehouse: boolean) => {
    const found: unknown[] = [];
    synthesisedScope((scope) => {
      const { warehouse: _, ...without } = environment;
      const one = warehouse ? environment : without;
      const account = Account.of(scope, one);
      const permissions = { environment: one, account, stateBucketArn: 'arn:aws:s3:::state', streams: ['s'] };
      found.push(...planStatements(permissions), ...deployStatements(permissions));
    });
    return JSON.stringify(found);
  };

  it('include the warehouse only if there is one', () => {
    expect(statements(true)).toContain('redshift-serverless:CreateWorkgroup');
    expect(statements(true)).toContain('redshift.amazonaws.com');
    expect(statements(false)).not.toContain('redshift');
  });
});

describe('warehouseSettings', () => {
  it('rejects values that AWS would reject', () => {
    expect(warehouseSettings.safeParse(SETTINGS).success).toBe(true);
    expect(warehouseSettings.safeParse({ ...SETTINGS, maxRpus: 4 }).success).toBe(false);
    expect(warehouseSettings.safeParse({ ...SETTINGS, subnetIds: ['subnet-0a'] }).success).toBe(false);
  });
});
