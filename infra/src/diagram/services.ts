/** An AWS service; the drawing groups resources by service. */
export interface Service {
  /** Its name at AWS. */
  readonly name: string;
  /** Prefixes of its Terraform types. */
  readonly prefixes: readonly string[];
}

/** In the order of the pages: first along the data flow, then supporting services. */
export const SERVICES: readonly Service[] = [
  { name: 'Kinesis Data Streams', prefixes: ['aws_kinesis_stream', 'aws_kinesis_resource_policy'] },
  { name: 'Managed Service for Apache Flink', prefixes: ['aws_kinesisanalyticsv2_'] },
  { name: 'Lambda', prefixes: ['aws_lambda_'] },
  { name: 'DynamoDB', prefixes: ['aws_dynamodb_'] },
  { name: 'SQS', prefixes: ['aws_sqs_'] },
  { name: 'Data Firehose', prefixes: ['aws_kinesis_firehose_'] },
  { name: 'S3', prefixes: ['aws_s3_'] },
  { name: 'Glue', prefixes: ['aws_glue_'] },
  { name: 'Athena', prefixes: ['aws_athena_'] },
  { name: 'Redshift Serverless', prefixes: ['aws_redshift'] },
  { name: 'Step Functions and EventBridge Scheduler', prefixes: ['aws_sfn_', 'aws_scheduler_'] },
  { name: 'CloudWatch', prefixes: ['aws_cloudwatch_'] },
  { name: 'SNS', prefixes: ['aws_sns_'] },
  { name: 'KMS', prefixes: ['aws_kms_'] },
  {
    name: 'VPC',
    prefixes: ['aws_vpc', 'aws_subnet', 'aws_route_table', 'aws_security_group'],
  },
  { name: 'IAM', prefixes: ['aws_iam_'] },
];

/** The group for resources without a service in the list above. */
export const OTHER = 'Other';

/**
 * @param type of Terraform
 * @returns the service's name
 */
export function serviceOf(type: string): string {
  return SERVICES.find(({ prefixes }) => prefixes.some((prefix) => type.startsWith(prefix)))?.name ?? OTHER;
}

/** @returns the service's position on the pages */
export function serviceOrder(name: string): number {
  const at = SERVICES.findIndex((service) => service.name === name);
  return at < 0 ? SERVICES.length : at;
}
