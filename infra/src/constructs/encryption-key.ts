import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { keyAlias } from '../iam/deployment-scope';
import { READ_KEYS, WRITE_KEYS } from '../iam/key-actions';
import { allow, by, policyDocument, type Statement } from '../iam/policy';
import { resourceName } from '../naming';

/** The permissions on the key that a service needs to write and read encrypted data. */
const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'];

export interface EncryptionKeyProps {
  readonly environment: Environment;
}

/**
 * The environment's own KMS key, which rotates each year. Streams, table, queues, topic, logs, buckets, the Lambda's variables and the warehouse are
 * encrypted with it. The service encrypts state, snapshots and disks of the Flink application with a separate key.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      description: `Data of the ad analytics pipeline, ${environment.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: environment.protectData ? 30 : 7,
      policy: this.keyPolicy(environment),
      lifecycle: { preventDestroy: environment.protectData },
    });
    new KmsAlias(this, 'alias', { name: keyAlias(environment), targetKeyId: key.keyId });
    this.arn = key.arn;
  }

  /** @returns a statement for the role of a component that reads encrypted data */
  toRead(): Statement {
    return allow('DecryptData', ['kms:Decrypt'], [this.arn]);
  }

  /** @returns a statement for the role of a component that writes and reads encrypted data */
  toWrite(): Statement {
    return allow('EncryptData', ['kms:Decrypt', 'kms:GenerateDataKey'], [this.arn]);
  }

  private keyPolicy(environment: Environment): string {
    const account = Account.of(this, environment);
    // In a key policy, `*` means only that key, whose ARN is not known before its creation.
    const thisKey = { Effect: 'Allow', Resource: ['*'] } as const;
    return policyDocument(
      {
        ...thisKey,
        Sid: 'RolesOfTheAccount',
        // Delegates the decision to the roles' own policies; without this statement, no one could change the key later.
        Principal: { AWS: account.root },
        Action: ['kms:*'],
      },
      ...this.deploymentStatements(environment),
      ...producerStatements(environment),
      by(
        { Service: `logs.${environment.region}.amazonaws.com` },
        {
          ...thisKey,
          Sid: 'LogGroups',
          Action: USE,
          Condition: {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', 'log-group:*') },
          },
        },
      ),
      by(
        { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
        {
          ...thisKey,
          Sid: 'NotificationsOfAlarms',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          // Without a condition on the account: AWS documents none for these services, and an alarm that cannot be delivered fails
          // silently. The topic's own policy limits which alarms may publish.
        },
      ),
    );
  }

  /**
   * Only this statement allows the deploying role to use and change the key. A condition in the role's own policies could only name a tag
   * or an alias, and the role can tag keys. The key policy is effective immediately; a new alias becomes effective for authorization after
   * up to five minutes.
   */
  private deploymentStatements(environment: Environment): Statement[] {
    if (environment.github === undefined) return [];
    const role = Account.of(this, environment).globalArn('iam', `role/${resourceName(environment, 'deploy')}`);
    return [
      by({ AWS: role }, { Sid: 'Deployment', Effect: 'Allow', Action: [...READ_KEYS, ...WRITE_KEYS], Resource: ['*'] }),
    ];
  }
}

/** @returns a statement that lets producers of other accounts encrypt the records that they put into the streams, and nothing else */
function producerStatements({ producers, region }: Environment): Statement[] {
  if (producers === undefined) return [];
  return [
    by(
      { AWS: producers },
      {
        Sid: 'Producers',
        Effect: 'Allow',
        Action: ['kms:GenerateDataKey'],
        Resource: ['*'],
        Condition: { StringEquals: { 'kms:ViaService': `kinesis.${region}.amazonaws.com` } },
      },
    ),
  ];
}
