/** What Terraform reads of a KMS key. */
export const READ_KEYS = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
] as const;

/** What Terraform, and the services on its behalf, do with a KMS key besides. */
export const WRITE_KEYS = [
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeleteAlias',
  'kms:EnableKeyRotation',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;
