import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { skipCheck } from '../scan/skip-check';
import type { EncryptionKey } from './encryption-key';

/** A year: what the check wants of every group. */
const CHECKED_RETENTION_DAYS = 365;

/**
 * @param scope of the part that logs
 * @param name of the group
 * @param retentionInDays how long lines are kept
 * @param key encrypts them
 * @returns the group, which belongs to the deployment: what it has is gone with it
 */
export function logGroup(
  scope: Construct,
  name: string,
  retentionInDays: number,
  key: EncryptionKey,
): CloudwatchLogGroup {
  const group = new CloudwatchLogGroup(scope, 'log-group', { name, retentionInDays, kmsKeyId: key.arn });
  if (retentionInDays < CHECKED_RETENTION_DAYS) {
    skipCheck(
      group,
      'CKV_AWS_338',
      'The setting logRetentionDays decides how long logs are kept; old logs of an unused environment have no value.',
    );
  }
  return group;
}
