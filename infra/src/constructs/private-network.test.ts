import { sampleEnvironment } from '../../test/sample-environment';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import type { Arguments } from '../../test/synthesised';

const { sink } = sampleEnvironment();
const stackOf = (tracing: boolean) =>
  synthesisedPipeline(
    sampleEnvironment({
      ownNetwork: { cidr: '10.20.0.0/16', zones: ['us-east-1a', 'us-east-1b', 'us-east-1d'] },
      sink: { ...sink, tracing },
    }),
  );
const stack = stackOf(true);
const services = (of = stack) =>
  of.all('aws_vpc_endpoint').map((endpoint) => [endpoint['vpc_endpoint_type'], endpoint['service_name']]);

describe('PrivateNetwork', () => {
  it('has a private subnet in each zone, with separate addresses', () => {
    const subnets = stack.all('aws_subnet');
    expect(subnets).toHaveLength(3);
    expect(subnets.map((subnet) => subnet['map_public_ip_on_launch'])).toEqual([false, false, false]);
    expect(new Set(subnets.map((subnet) => subnet['cidr_block'])).size).toBe(3);
    expect(subnets.map((subnet) => subnet['availability_zone'])).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1d']);
    expect(stack.all('aws_route_table_association')).toHaveLength(3);
  });

  it('has no route to the internet', () => {
    const types = Object.keys(stack.resource);
    expect(types.filter((type) => /internet_gateway|nat_gateway|^aws_route$|eip|peering/.test(type))).toEqual([]);
    expect(only(stack, 'aws_route_table')).not.toHaveProperty('route');
    expect(only(stack, 'aws_vpc')).toMatchObject({ enable_dns_hostnames: true, enable_dns_support: true });
  });

  it('has endpoints of the services that the job and the sink call', () => {
    expect(services()).toEqual([
      ['Gateway', 'com.amazonaws.us-east-1.dynamodb'],
      ['Interface', 'com.amazonaws.us-east-1.kinesis-streams'],
      ['Gateway', 'com.amazonaws.us-east-1.s3'],
      ['Interface', 'com.amazonaws.us-east-1.sqs'],
      ['Interface', 'com.amazonaws.us-east-1.xray'],
    ]);
    expect(services(stackOf(false)).flat()).not.toContain('com.amazonaws.us-east-1.xray');
    for (const endpoint of stack.all('aws_vpc_endpoint').filter((one) => one['vpc_endpoint_type'] === 'Interface')) {
      expect(endpoint).toMatchObject({ private_dns_enabled: true });
      expect(endpoint['subnet_ids']).toHaveLength(3);
    }
  });

  it('has an endpoint of Secrets Manager if the job reads a key', () => {
    const { flink } = sampleEnvironment();
    const settings = { Privacy: { 'privacy.addresses': 'cut', 'privacy.key.secret': 'pseudonyms' } };
    const withKey = synthesisedPipeline(
      sampleEnvironment({
        ownNetwork: { cidr: '10.20.0.0/16', zones: ['us-east-1a', 'us-east-1b'] },
        flink: { ...flink, settings },
      }),
    );
    expect(services(withKey)).toContainEqual(['Interface', 'com.amazonaws.us-east-1.secretsmanager']);
    expect(services(stack).flat()).not.toContain('com.amazonaws.us-east-1.secretsmanager');
  });

  it('allows the workload only HTTPS to the endpoints', () => {
    const rules = [
      ...stack.all('aws_vpc_security_group_egress_rule'),
      ...stack.all('aws_vpc_security_group_ingress_rule'),
    ];
    expect(rules.length).toBe(4);
    for (const rule of rules) {
      expect(rule).toMatchObject({ ip_protocol: 'tcp', from_port: 443, to_port: 443 });
      expect(rule).not.toHaveProperty('cidr_ipv4');
      expect(rule).not.toHaveProperty('cidr_ipv6');
    }
  });

  it('contains the application and the Lambda', () => {
    const placement = {
      subnet_ids: Array.from({ length: 3 }, () => expect.stringMatching(/^\$\{aws_subnet\./)),
      security_group_ids: [expect.stringMatching(/^\$\{aws_security_group\..*workload/)],
    };
    expect(only(stack, 'aws_lambda_function')['vpc_config']).toEqual(placement);
    const application = only(stack, 'aws_kinesisanalyticsv2_application') as {
      application_configuration?: Arguments;
    };
    expect(application.application_configuration?.['vpc_configuration']).toEqual(placement);
  });

  it('is missing without the setting', () => {
    expect(synthesisedPipeline(sampleEnvironment()).all('aws_vpc')).toEqual([]);
  });
});
