import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { denyWithoutTls, policyDocument } from '../iam/policy';
import { resourceName } from '../naming';
import type { EncryptionKey } from './encryption-key';

/** The maximum retention of SQS: time to find and fix the cause. */
const RETENTION_SECONDS = 14 * 24 * 3600;

export interface FailureQueueProps {
  readonly environment: Environment;
  /** Part of its name. */
  readonly part: string;
  readonly key: EncryptionKey;
}

/** A queue for records that could not be processed. No program reads it, only people who look for the cause. */
export class FailureQueue extends Construct {
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: string, { environment, part, key }: FailureQueueProps) {
    super(scope, id);
    const name = resourceName(environment, part);
    this.queue = new SqsQueue(this, 'queue', {
      name,
      messageRetentionSeconds: RETENTION_SECONDS,
      kmsMasterKeyId: key.arn,
      policy: policyDocument(denyWithoutTls('sqs:*', [Account.of(this, environment).arn('sqs', name)])),
    });
  }
}
