import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { skipCheck } from '../scan/skip-check';
import type { EncryptionKey } from './encryption-key';

/** One year: the minimum that the security check requires. */
const CHECKED_RETENTION_DAYS = 365;

/**
 * @param scope of the component that logs
 * @param name of the group
 * @param retentionInDays how long lines are kept
 * @param key encrypts them
 * @returns the group, which is deleted with the deployment, including its logs
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
