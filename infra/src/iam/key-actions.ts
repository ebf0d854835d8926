/** Actions with which Terraform reads a KMS key. */
export const READ_KEYS = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
] as const;

/** Further actions of Terraform, and of services on its behalf, on a KMS key. */
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
