import { type AnyStatement, type Context, mayDo } from './policy-evaluator';

/** An untagged KMS key of another project in the account, and the tag and alias of the environment's own key. */
export interface ForeignKey {
  readonly arn: string;
  /** Tag of the project, and its value. */
  readonly tag: readonly [name: string, value: string];
  /** ARN of the alias of the environment's own key. */
  readonly aliasArn: string;
}

/** Actions that read or change data, allow others to do so, or disable the key. */
const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DisableKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:ScheduleKeyDeletion',
  'kms:UntagResource',
];

/**
 * @param deployer all policies of the deploying role
 * @param others policies of the roles that it can assume, or grant permissions to
 * @param key of another project
 * @returns what they can do with the key after the role has set all tags and aliases that it can, as text; empty: nothing
 */
export function usesOfForeignKey(
  deployer: readonly AnyStatement[],
  others: Readonly<Record<string, readonly AnyStatement[]>>,
  { arn, tag: [name, value], aliasArn }: ForeignKey,
): string[] {
  const tagged = mayDo(deployer, 'kms:TagResource', arn, {
    [`aws:RequestTag/${name}`]: value,
    [`aws:ResourceTag/${name}`]: undefined,
    'aws:TagKeys': name,
    'kms:ResourceAliases': undefined,
  });
  const untilAlias: Context = {
    [`aws:ResourceTag/${name}`]: tagged ? value : undefined,
    'kms:ResourceAliases': undefined,
  };
  // KMS requires the permission on the alias and on the key.
  const aliased = ['kms:CreateAlias', 'kms:UpdateAlias'].some((action) =>
    [arn, aliasArn].every((resource) => mayDo(deployer, action, resource, untilAlias)),
  );
  const context = {
    ...untilAlias,
    'kms:ResourceAliases': aliased ? aliasArn.slice(aliasArn.indexOf('alias/')) : undefined,
  };
  return Object.entries({ deploy: deployer, ...others }).flatMap(([who, statements]) =>
    USES.filter((action) => mayDo(statements, action, arn, context)).map((action) => `${who}: ${action}`),
  );
}
