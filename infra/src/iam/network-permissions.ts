import type { Environment } from '../environments/environment';
import { PROJECT } from '../naming';
import type { Account } from './account';
import { allow, allowOnEverything, type Conditions, type Statement } from './policy';

/** The ids of a network's resources are not known before their creation, but their tags are. */
const OWN_TAG: Conditions = { StringEquals: { 'aws:ResourceTag/Project': PROJECT } };
const NEW_TAG: Conditions = { StringEquals: { 'aws:RequestTag/Project': PROJECT } };

/** Actions that create a resource; some of them also change its parent. */
const CREATE = [
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CreateRouteTable',
  'ec2:CreateSecurityGroup',
  'ec2:CreateSubnet',
  'ec2:CreateVpc',
  'ec2:CreateVpcEndpoint',
];

/** @returns the permissions with which Terraform reads ownNetwork, or an existing network */
export function findNetworkStatements({ network, ownNetwork, warehouse }: Environment): Statement[] {
  if (network === undefined && ownNetwork === undefined && warehouse === undefined) return [];
  return [
    allowOnEverything(
      'FindSubnets',
      ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      'The Describe actions of EC2 do not support resources.',
    ),
  ];
}

/** @returns the permissions with which Terraform reads a network that it creates */
export function planNetworkStatements({ ownNetwork }: Environment): Statement[] {
  if (ownNetwork === undefined) return [];
  return [
    allowOnEverything(
      'ReadNetwork',
      [
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribePrefixLists',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroupRules',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcEndpoints',
        'ec2:DescribeVpcs',
      ],
      'The Describe actions of EC2 do not support resources.',
    ),
  ];
}

/** @returns the additional permissions to create it: only for resources with the project's tag, not for another network */
export function deployNetworkStatements({ ownNetwork }: Environment, account: Account): Statement[] {
  if (ownNetwork === undefined) return [];
  const parts = [account.arn('ec2', '*/*')];
  return [
    allow('MakeNetwork', CREATE, parts, NEW_TAG),
    allow(
      'WriteNetwork',
      [
        ...CREATE,
        'ec2:AssociateRouteTable',
        'ec2:CreateTags',
        'ec2:DeleteRouteTable',
        'ec2:DeleteSecurityGroup',
        'ec2:DeleteSubnet',
        'ec2:DeleteTags',
        'ec2:DeleteVpc',
        'ec2:DeleteVpcEndpoints',
        'ec2:DisassociateRouteTable',
        'ec2:ModifySecurityGroupRules',
        'ec2:ModifySubnetAttribute',
        'ec2:ModifyVpcAttribute',
        'ec2:ModifyVpcEndpoint',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
      ],
      parts,
      OWN_TAG,
    ),
    // Tags at creation, when the resource does not have tags yet.
    allow('TagNetwork', ['ec2:CreateTags'], parts, {
      StringEquals: { 'ec2:CreateAction': CREATE.map((action) => action.slice('ec2:'.length)) },
    }),
    allow('NameEndpoints', ['route53:AssociateVPCWithHostedZone'], [account.hostedZones]),
  ];
}
