import type { AnyStatement } from './policy-evaluator';
import type { Synthesised } from './synthesised';

const ACCOUNT = '123456789012';

/** @returns the statements of a policy, with a sample account instead of Terraform's data sources */
export function resolved(policy: string): AnyStatement[] {
  const text = policy
    .replaceAll(/\$\{data\.aws_caller_identity\.[^}]*\}/g, ACCOUNT)
    .replaceAll(/\$\{data\.aws_partition\.[^}]*\}/g, 'aws');
  return (JSON.parse(text) as { Statement: AnyStatement[] }).Statement;
}

/** Parts of the ARN of a type of resource: service, prefix of the name, and the argument with the name. */
const ARNS: Readonly<Record<string, readonly [service: string, prefix: string, name: string]>> = {
  aws_cloudwatch_log_group: ['logs', 'log-group:', 'name'],
  aws_dynamodb_table: ['dynamodb', 'table/', 'name'],
  aws_athena_workgroup: ['athena', 'workgroup/', 'name'],
  aws_cloudwatch_metric_alarm: ['cloudwatch', 'alarm:', 'alarm_name'],
  aws_glue_catalog_database: ['glue', 'database/', 'name'],
  aws_kinesis_firehose_delivery_stream: ['firehose', 'deliverystream/', 'name'],
  aws_kinesisanalyticsv2_application: ['kinesisanalytics', 'application/', 'name'],
  aws_kms_alias: ['kms', '', 'name'],
  aws_lambda_function: ['lambda', 'function:', 'function_name'],
  aws_sfn_state_machine: ['states', 'stateMachine:', 'name'],
  aws_sns_topic: ['sns', '', 'name'],
  aws_kinesis_stream: ['kinesis', 'stream/', 'name'],
  aws_kms_key: ['kms', 'key/', 'description'],
  aws_sqs_queue: ['sqs', '', 'name'],
};

/** @returns ARNs of the stack's resources of a type that are known before a deployment */
export function arnsOf(stack: Synthesised, type: string): string[] {
  const region = String(stack.provider['aws']?.[0]?.['region']);
  const [service, prefix, name] = ARNS[type] ?? [];
  if (service === undefined || prefix === undefined || name === undefined) throw new Error(`${type} has no known ARN`);
  return stack
    .all(type)
    .map((resource) => `arn:aws:${service}:${region}:${ACCOUNT}:${prefix}${String(resource[name])}`);
}

/**
 * @param stack synthesised
 * @param role its name
 * @returns the statements of its inline policy, with ARNs of the stack's resources instead of references
 */
export function statementsOfRole(stack: Synthesised, role: string): AnyStatement[] {
  const policies = stack.all('aws_iam_role_policy').filter((policy) => policy['name'] === role);
  const region = String(stack.provider['aws']?.[0]?.['region']);
  const argument = (type: string, id: string, name: string) => String(stack.resource[type]?.[id]?.[name]);
  /** Replaces references to resources repeatedly, because names can contain references. */
  const resolveReferences = (text: string): string => {
    const next = text.replaceAll(/\$\{(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)\}/g, (_, type, id, attribute) => {
      if (type === 'aws_s3_bucket' && attribute === 'arn') return `arn:aws:s3:::${argument(type, id, 'bucket')}`;
      const arn = ARNS[type as string];
      if (attribute !== 'arn' || arn === undefined) return argument(type, id, attribute);
      const [service, prefix, name] = arn;
      return `arn:aws:${service}:${region}:${ACCOUNT}:${prefix}${argument(type, id, name)}`;
    });
    return next === text ? text : resolveReferences(next);
  };
  return policies.flatMap((policy) => resolved(resolveReferences(String(policy['policy']))));
}
