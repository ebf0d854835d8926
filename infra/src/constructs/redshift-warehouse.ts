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
import { ServiceRole } from './service-role';

const DATABASE = 'ad_analytics';
const ADMIN = 'warehouse_admin';

/** Settings of every session of the workgroup. */
const SESSION = {
  // The names of the streams have capitals. It must be so for the refreshing of views too, which no session's SET reaches.
  enable_case_sensitive_identifier: 'true',
  enable_user_activity_logging: 'true',
  require_ssl: 'true',
};

export interface RedshiftWarehouseProps {
  readonly environment: Environment;
  readonly settings: WarehouseSettings;
  readonly streams: EventStreams;
  readonly key: EncryptionKey;
}

/** Redshift Serverless, with a role that may read the stream of results. What it makes of it is in sql/redshift. */
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
      // Redshift makes the password and changes it every month; no one has to know it, and no state holds it.
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: key.arn,
      kmsKeyId: key.arn,
      iamRoles: [role.arn],
      logExports: ['connectionlog', 'userlog', 'useractivitylog'],
      lifecycle: { preventDestroy: environment.protectData },
      dependsOn: [role.policy],
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
        // Redshift tells of all its parameters, also of some that the provider cannot name, and every plan would take them away
        // (terraform-provider-aws #33692, #49939). What is set here is looked at by the condition.
        ignoreChanges: ['config_parameter'],
        postcondition: [
          {
            condition: `\${length(setsubtract(toset(${JSON.stringify(
              Object.entries(SESSION).map(([parameter, value]) => `${parameter}=${value}`),
            )}), [for parameter in self.config_parameter : join("=", [parameter.parameter_key, parameter.parameter_value])])) == 0}`,
            errorMessage: `The workgroup must have ${Object.keys(SESSION).join(', ')} true, and has not. Terraform does not change them: do it with aws redshift-serverless update-workgroup.`,
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

  private addRole(workgroup: string, { environment, streams, key }: RedshiftWarehouseProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      environment,
      part: 'warehouse',
      description: 'Redshift: reads results',
      // Redshift Serverless takes the role also under its own name.
      service: ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com'],
      // Redshift says for which user of which workgroup it acts by the external id; it sets no aws:SourceAccount.
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
