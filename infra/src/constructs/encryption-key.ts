import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { keyAlias } from '../iam/deployment-scope';
import { READ_KEYS, WRITE_KEYS } from '../iam/key-actions';
import { allow, by, policyDocument, type Statement } from '../iam/policy';
import { resourceName } from '../naming';

/** What a service needs of the key to write and read what it encrypts. */
const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'];

export interface EncryptionKeyProps {
  readonly environment: Environment;
}

/**
 * The environment's own KMS key, which rotates each year. Streams, table, queues, topic, logs, buckets, the Lambda's variables and the warehouse are
 * encrypted with it. State, snapshots and disks of the Flink application are not: the service encrypts them with a separate key.
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

  /** @returns a statement for the role of a part that reads what is encrypted */
  toRead(): Statement {
    return allow('DecryptData', ['kms:Decrypt'], [this.arn]);
  }

  /** @returns a statement for the role of a part that writes, and reads back, what is encrypted */
  toWrite(): Statement {
    return allow('EncryptData', ['kms:Decrypt', 'kms:GenerateDataKey'], [this.arn]);
  }

  private keyPolicy(environment: Environment): string {
    const account = Account.of(this, environment);
    // In the policy of a key every resource is that key, and its ARN is not known before it exists.
    const thisKey = { Effect: 'Allow', Resource: ['*'] } as const;
    return policyDocument(
      {
        ...thisKey,
        Sid: 'RolesOfTheAccount',
        // Hands the decision to the roles' own policies; without it no one could ever change the key.
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
          // No condition on the account: AWS documents none for these, and an alarm that cannot be told fails silently. Whose
          // alarms may tell the topic is said in its own policy.
        },
      ),
    );
  }

  /**
   * The only place that lets the role that deploys use and change the key: a condition in its own policies could only name a tag or an alias, and the role
   * can tag keys. It counts at once; a new alias counts for authorization after up to five minutes.
   */
  private deploymentStatements(environment: Environment): Statement[] {
    if (environment.github === undefined) return [];
    const role = Account.of(this, environment).globalArn('iam', `role/${resourceName(environment, 'deploy')}`);
    return [
      by({ AWS: role }, { Sid: 'Deployment', Effect: 'Allow', Action: [...READ_KEYS, ...WRITE_KEYS], Resource: ['*'] }),
    ];
  }
}

/** @returns what lets producers of other accounts encrypt what they put into the streams, and nothing else */
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
