import { RedshiftserverlessNamespace } from '@cdktf/provider-aws/lib/redshiftserverless-namespace';
import { RedshiftserverlessUsageLimit } from '@cdktf/provider-aws/lib/redshiftserverless-usage-limit';
import { RedshiftserverlessWorkgroup } from '@cdktf/provider-aws/lib/redshiftserverless-workgroup';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import type { WarehouseSettings } from '../environments/warehouse-settings';
import { Account } from '../iam/account';
import { allow, allowOnEverything } from '../iam/policy';
import { resourceName } from '../naming';
import { publish } from '../output';
import { WAREHOUSE_OUTPUTS } from '../warehouse/outputs';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { logGroup } from './log-group';
import { ServiceRole } from './service-role';

const DATABASE = 'ad_analytics';
const ADMIN = 'warehouse_admin';

/** Settings of every session of the workgroup. */
const SESSION = {
  // The names of the streams have capitals. The refresh of views needs this setting as well, and a SET in a session does not affect it.
  enable_case_sensitive_identifier: 'true',
  enable_user_activity_logging: 'true',
  require_ssl: 'true',
};

/** The log of user activity has the texts of queries. */
const LOGS = ['connectionlog', 'userlog', 'useractivitylog'] as const;

export interface RedshiftWarehouseProps {
  readonly environment: Environment;
  readonly settings: WarehouseSettings;
  readonly streams: EventStreams;
  readonly key: EncryptionKey;
}

/** Redshift Serverless, with a role that may read the results stream. Its SQL is in sql/redshift. */
export class RedshiftWarehouse extends Construct {
  constructor(scope: Construct, id: string, props: RedshiftWarehouseProps) {
    super(scope, id);
    const { environment, settings, key } = props;
    const name = resourceName(environment, 'warehouse');
    const role = this.addRole(name, props);
    const namespace = new RedshiftserverlessNamespace(this, 'namespace', {
      namespaceName: name,
      dbName: DATABASE,
      adminUsername: ADMIN,
      // Redshift creates the password and changes it every month; it is not stored in the Terraform state.
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: key.arn,
      kmsKeyId: key.arn,
      iamRoles: [role.arn],
      logExports: [...LOGS],
      lifecycle: { preventDestroy: environment.protectData },
      dependsOn: [role.policy, ...this.addLogGroups(name, props)],
    });
    const workgroup = new RedshiftserverlessWorkgroup(this, 'workgroup', {
      workgroupName: name,
      namespaceName: namespace.namespaceName,
      baseCapacity: settings.baseRpus,
      maxCapacity: settings.maxRpus,
      subnetIds: settings.subnetIds,
      securityGroupIds: settings.securityGroupIds,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      configParameter: Object.entries(SESSION).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      lifecycle: {
        // Redshift returns all of its parameters, including some that the provider does not know, and every plan would remove them
        // (terraform-provider-aws #33692, #49939). So changes are ignored, and the condition checks the parameters that are set here.
        ignoreChanges: ['config_parameter'],
        postcondition: [
          {
            condition: `\${length(setsubtract(toset(${JSON.stringify(
              Object.entries(SESSION).map(([parameter, value]) => `${parameter}=${value}`),
            )}), [for parameter in self.config_parameter : join("=", [parameter.parameter_key, parameter.parameter_value])])) == 0}`,
            errorMessage: `The parameters ${Object.keys(SESSION).join(', ')} of the workgroup must be true, but are not. Terraform does not change them: use aws redshift-serverless update-workgroup.`,
          },
        ],
      },
    });
    new RedshiftserverlessUsageLimit(this, 'usage-limit', {
      resourceArn: workgroup.arn,
      usageType: 'serverless-compute',
      period: 'daily',
      amount: settings.dailyRpuHours,
      breachAction: 'deactivate',
    });
    publish(this, WAREHOUSE_OUTPUTS.workgroup, workgroup.workgroupName, 'Workgroup of Redshift Serverless');
    publish(this, WAREHOUSE_OUTPUTS.database, DATABASE, 'Database of the warehouse');
    publish(this, WAREHOUSE_OUTPUTS.secretArn, namespace.adminPasswordSecretArn, 'Secret with its administrator');
    publish(this, WAREHOUSE_OUTPUTS.roleArn, role.arn, 'Role with which Redshift reads the results');
  }

  /**
   * Without these groups, Redshift creates them, with no limit of time and not encrypted with the environment's key.
   * Source: Redshift Management Guide, "Audit logging for Amazon Redshift Serverless".
   */
  private addLogGroups(namespace: string, { settings, key }: RedshiftWarehouseProps) {
    return LOGS.map((log) =>
      logGroup(new Construct(this, log), `/aws/redshift/${namespace}/${log}`, settings.logRetentionDays, key),
    );
  }

  private addRole(workgroup: string, { environment, streams, key }: RedshiftWarehouseProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      environment,
      part: 'warehouse',
      description: 'Redshift: reads results',
      // Redshift Serverless also assumes the role under its own service name.
      service: ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com'],
      // Redshift passes user and workgroup as external id and does not set aws:SourceAccount.
      trustConditions: {
        StringLike: { 'sts:ExternalId': Account.of(this, environment).arn('redshift', `dbuser:${workgroup}/*`) },
      },
      statements: [
        allow(
          'ReadResults',
          [
            'kinesis:DescribeStream',
            'kinesis:DescribeStreamSummary',
            'kinesis:GetRecords',
            'kinesis:GetShardIterator',
            'kinesis:ListShards',
          ],
          [streams.results.arn],
        ),
        allowOnEverything(
          'FindStream',
          ['kinesis:ListStreams'],
          'The action lists the account, not a stream; Redshift finds the stream of an external schema by its name.',
        ),
        key.toRead(),
      ],
    });
  }
}
