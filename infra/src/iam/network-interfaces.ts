import type { Environment } from '../environments/environment';
import type { Account } from './account';
import { allow, allowOnEverything, type Statement } from './policy';

/**
 * @param account of the deployment
 * @param network of the interfaces; undefined: the service's own network
 * @returns the permissions that a service needs to create its network interfaces in the subnets
 */
export function interfaceStatements(account: Account, network: Environment['network']): Statement[] {
  if (network === undefined) return [];
  const interfaces = account.arn('ec2', 'network-interface/*');
  return [
    allowOnEverything(
      'FindNetwork',
      [
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      'The Describe actions of EC2 do not support resources.',
    ),
    allow(
      'PlaceInterfaces',
      ['ec2:CreateNetworkInterface'],
      [
        interfaces,
        ...network.subnetIds.map((id) => account.arn('ec2', `subnet/${id}`)),
        ...network.securityGroupIds.map((id) => account.arn('ec2', `security-group/${id}`)),
      ],
    ),
    // The ids of the interfaces are not known in advance. Lambda requires the permission to delete any interface of the account, in this
    // form.
    allow(
      'ManageInterfaces',
      [
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DeleteNetworkInterface',
        'ec2:UnassignPrivateIpAddresses',
      ],
      [account.arn('ec2', '*/*')],
    ),
  ];
}
