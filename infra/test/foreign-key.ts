import { type AnyStatement, type Context, mayDo } from './policy-evaluator';

/** A KMS key of another project in the account, which has no tag, and how the environment marks its own. */
export interface ForeignKey {
  readonly arn: string;
  /** Tag, and its value, of what belongs to the project. */
  readonly tag: readonly [name: string, value: string];
  /** ARN of the alias of the environment's own key. */
  readonly aliasArn: string;
}

/** Read or change data, or let others do so, or take the key away. */
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
 * @param deployer all policies of the role that deploys
 * @param others policies of those that it can be, or can give rights to
 * @param key of another project
 * @returns what they can do with the key, once the role has put on it what it can put there, in words; empty: nothing
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
  // KMS wants the permission on the alias and on the key.
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
