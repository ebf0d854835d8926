import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';

const ID = 'account';

/** The account of the deployment, and ARNs in it. One instance for each stack. */
export class Account extends Construct {
  readonly id: string;
  readonly partition: string;
  private readonly region: string;

  private constructor(scope: Construct, { region }: Environment) {
    super(scope, ID);
    this.id = new DataAwsCallerIdentity(this, 'caller').accountId;
    this.partition = new DataAwsPartition(this, 'partition').partition;
    this.region = region;
  }

  /** @returns the account of the stack that the scope is in */
  static of(scope: Construct, environment: Environment): Account {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(ID) as Account | undefined) ?? new Account(stack, environment);
  }

  /**
   * @param service such as `lambda`
   * @param resource such as `function:ad-analytics-dev-sink`
   * @returns the ARN of a resource in this account and region whose name is known; does not create a dependency
   */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.id}:${resource}`;
  }

  /** @returns the ARN of a global resource, such as a role */
  globalArn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}::${this.id}:${resource}`;
  }

  /** @returns the ARN of a bucket, or of `bucket/key` */
  bucketArn(resource: string): string {
    return `arn:${this.partition}:s3:::${resource}`;
  }

  /** @returns the ARN of all hosted zones: the zones of endpoints belong to AWS, not to the account */
  get hostedZones(): string {
    return `arn:${this.partition}:route53:::hostedzone/*`;
  }

  /** @returns the ARN of the account itself, as a principal */
  get root(): string {
    return this.globalArn('iam', 'root');
  }
}
