import type { Environment } from '../environments/environment';
import { PROJECT } from '../naming';
import type { Account } from './account';
import { allow, allowOnEverything, type Conditions, type Statement } from './policy';

/** Names and ARNs for the permissions of the warehouse. */
export interface WarehouseScope {
  readonly environment: Environment;
  readonly account: Account;
}

/** The ids of namespaces and workgroups are not known before their creation, but their tags are. */
const OWN_TAG: Conditions = { StringEquals: { 'aws:ResourceTag/Project': PROJECT } };
const NEW_TAG: Conditions = { StringEquals: { 'aws:RequestTag/Project': PROJECT } };

/** A variable of IAM; with two dollar signs, Terraform does not interpret it. */
const POLICY_VARIABLE_USERID = '$${aws:userid}';

function ownArns(account: Account) {
  return {
    serverless: ['namespace/*', 'workgroup/*'].map((resource) => account.arn('redshift-serverless', resource)),
    /** Name prefix of the secrets that Redshift manages. */
    secrets: [account.arn('secretsmanager', 'secret:redshift!*')],
  };
}

/** @returns the permissions with which Terraform reads the warehouse; empty if the environment has none */
export function planWarehouseStatements({ environment, account }: WarehouseScope): Statement[] {
  if (environment.warehouse === undefined) return [];
  return [
    allow(
      'ReadWarehouse',
      [
        'redshift-serverless:GetNamespace',
        'redshift-serverless:GetWorkgroup',
        'redshift-serverless:ListTagsForResource',
      ],
      ownArns(account).serverless,
      OWN_TAG,
    ),
    allowOnEverything(
      'ReadUsageLimits',
      ['redshift-serverless:GetUsageLimit', 'redshift-serverless:ListUsageLimits'],
      'A usage limit is not an IAM resource.',
    ),
  ];
}

/** @returns the additional permissions with which Terraform creates the warehouse, and `infra:redshift` its views */
export function deployWarehouseStatements({ environment, account }: WarehouseScope): Statement[] {
  if (environment.warehouse === undefined) return [];
  const own = ownArns(account);
  return [
    allow(
      'MakeWarehouse',
      ['redshift-serverless:CreateNamespace', 'redshift-serverless:CreateWorkgroup', 'redshift-serverless:TagResource'],
      own.serverless,
      NEW_TAG,
    ),
    allow(
      'WriteWarehouse',
      [
        'redshift-serverless:DeleteNamespace',
        'redshift-serverless:DeleteWorkgroup',
        'redshift-serverless:TagResource',
        'redshift-serverless:UntagResource',
        'redshift-serverless:UpdateNamespace',
        'redshift-serverless:UpdateWorkgroup',
      ],
      own.serverless,
      OWN_TAG,
    ),
    allowOnEverything(
      'WriteUsageLimits',
      [
        'redshift-serverless:CreateUsageLimit',
        'redshift-serverless:DeleteUsageLimit',
        'redshift-serverless:UpdateUsageLimit',
      ],
      'A usage limit is not an IAM resource.',
    ),
    allowOnEverything(
      'PlaceWarehouse',
      ['ec2:DescribeAccountAttributes', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeVpcAttribute'],
      'The Describe actions of EC2 do not support resources.',
    ),
    allow(
      'KeepAdministratorSecret',
      [
        'secretsmanager:CreateSecret',
        'secretsmanager:DeleteSecret',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:RotateSecret',
        'secretsmanager:TagResource',
        'secretsmanager:UpdateSecret',
      ],
      own.secrets,
    ),
    allow('RunStatements', ['redshift-data:ExecuteStatement'], own.serverless, OWN_TAG),
    allowOnEverything(
      'FollowStatements',
      ['redshift-data:DescribeStatement', 'redshift-data:GetStatementResult'],
      'A statement is not an IAM resource; the condition allows only statements of the caller.',
      { StringEquals: { 'redshift-data:statement-owner-iam-userid': POLICY_VARIABLE_USERID } },
    ),
  ];
}
