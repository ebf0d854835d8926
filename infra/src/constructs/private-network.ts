import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { OwnNetworkSettings } from '../environments/deployment-settings';
import type { Environment } from '../environments/environment';
import { privacyKeySecrets } from '../iam/privacy-key';
import { resourceName } from '../naming';
import { publish } from '../output';
import { skipCheck } from '../scan/skip-check';

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const;
/** Each subnet has a sixteenth of the network's addresses. */
const SUBNET_BITS = 4;

/** The services with gateway endpoints, which are free. */
const GATEWAYS = ['dynamodb', 's3'] as const;

/** @returns the services with interface endpoints in the subnets, each of which costs by the hour and zone */
function interfaces(environment: Environment): string[] {
  const readsKey = privacyKeySecrets(environment).length > 0;
  return [
    'kinesis-streams',
    ...(readsKey ? ['secretsmanager'] : []),
    'sqs',
    ...(environment.sink.tracing ? ['xray'] : []),
  ];
}

export interface PrivateNetworkProps {
  readonly environment: Environment;
  readonly settings: OwnNetworkSettings;
}

/**
 * A network without a route to the internet: private subnets, and endpoints of the services that the job and the sink call. Logs, metrics,
 * code, state and the stream of the sink do not need an endpoint: the services transfer them outside the network.
 */
export class PrivateNetwork extends Construct {
  /** The network of the application and the Lambda. */
  readonly placement: NonNullable<Environment['network']>;

  constructor(scope: Construct, id: string, { environment, settings }: PrivateNetworkProps) {
    super(scope, id);
    const name = resourceName(environment, 'network');
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: settings.cidr,
      // Both settings are needed for the DNS names of endpoints to resolve to their interfaces.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: name },
    });
    skipCheck(
      vpc,
      'CKV2_AWS_11',
      'The network cannot reach addresses outside AWS. CloudTrail records the calls of the endpoints, without a flow log that costs by the byte.',
    );
    skipCheck(vpc, 'CKV2_AWS_12', 'The default group has no members, and it allows traffic from its members only.');
    const routes = new RouteTable(this, 'routes', { vpcId: vpc.id, tags: { Name: name } });
    const subnets = settings.zones.map((availabilityZone, at) => {
      const subnet = new Subnet(this, `subnet-${at + 1}`, {
        vpcId: vpc.id,
        cidrBlock: Fn.cidrsubnet(settings.cidr, SUBNET_BITS, at),
        availabilityZone,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-${at + 1}` },
      });
      new RouteTableAssociation(this, `routes-${at + 1}`, { subnetId: subnet.id, routeTableId: routes.id });
      return subnet;
    });
    const workload = this.group('workload', vpc, environment, 'The Flink application and the Lambda');
    const endpoints = this.group('endpoints', vpc, environment, 'Endpoints of AWS services');
    new VpcSecurityGroupIngressRule(this, 'to-endpoints', {
      ...HTTPS,
      securityGroupId: endpoints.id,
      referencedSecurityGroupId: workload.id,
      description: 'From the application and the Lambda',
    });
    new VpcSecurityGroupEgressRule(this, 'from-workload', {
      ...HTTPS,
      securityGroupId: workload.id,
      referencedSecurityGroupId: endpoints.id,
      description: 'To the endpoints',
    });
    for (const service of GATEWAYS) {
      const gateway = new VpcEndpoint(this, service, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [routes.id],
        tags: { Name: `${name}-${service}` },
      });
      new VpcSecurityGroupEgressRule(this, `to-${service}`, {
        ...HTTPS,
        securityGroupId: workload.id,
        prefixListId: gateway.prefixListId,
        description: `To ${service}`,
      });
    }
    for (const service of interfaces(environment)) {
      new VpcEndpoint(this, service, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: subnets.map((subnet) => subnet.id),
        securityGroupIds: [endpoints.id],
        tags: { Name: `${name}-${service}` },
      });
    }
    this.placement = { subnetIds: subnets.map((subnet) => subnet.id), securityGroupIds: [workload.id] };
    publish(this, 'network_id', vpc.id, 'Network of the application and the Lambda');
  }

  private group(part: string, vpc: Vpc, environment: Environment, description: string): SecurityGroup {
    const name = resourceName(environment, part);
    return new SecurityGroup(this, part, { name, description, vpcId: vpc.id, tags: { Name: name } });
  }
}
