import type { StackJson } from './synthesised-stacks';

const at = (path: string) => ({ metadata: { path: `dev/${path}` } });

/** @returns the JSON of a policy with the statements */
export const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

/** Options of a sample stack. */
export interface SampleOptions {
  readonly environment?: string;
  readonly batchSize?: number;
  readonly retentionHours?: number;
  /** Whether it has a topic, and an alarm that notifies it. */
  readonly alarms?: boolean;
}

/** @returns the JSON of a stack: a stream, a function that reads it and writes a table and a queue, its role, a key */
export function sampleStack(options: SampleOptions = {}): StackJson {
  const { environment = 'dev', batchSize = 100, retentionHours = 24, alarms = true } = options;
  return {
    provider: { aws: [{ region: 'us-east-1' }] },
    data: { aws_caller_identity: { account_caller_1: { '//': at('account/caller') } } },
    resource: {
      aws_kinesis_stream: {
        streams_results_1: {
          '//': at('streams/results'),
          name: 'Results',
          retention_period: retentionHours,
          stream_mode_details: { stream_mode: 'ON_DEMAND' },
          kms_key_id: '${aws_kms_key.key_1.arn}',
        },
      },
      aws_kms_key: {
        key_1: {
          '//': at('key'),
          policy: policy({
            Sid: 'Logs',
            Effect: 'Allow',
            Principal: { Service: 'logs.us-east-1.amazonaws.com' },
            Action: ['kms:Decrypt'],
            Resource: ['*'],
          }),
        },
      },
      aws_kms_alias: {
        alias_1: {
          '//': at('alias'),
          name: `alias/ad-analytics-${environment}-data`,
          target_key_id: '${aws_kms_key.key_1.key_id}',
        },
      },
      aws_lambda_function: {
        sink_1: {
          '//': at('sink/function'),
          function_name: `ad-analytics-${environment}-sink`,
          role: '${aws_iam_role.role_1.arn}',
          s3_key: `sink/${'0123456789abcdef'.repeat(4)}.zip`,
          depends_on: ['aws_iam_role_policy.policy_1'],
          environment: { variables: { RESULTS_TABLE: '${aws_dynamodb_table.table_1.name}' } },
        },
      },
      aws_lambda_event_source_mapping: {
        mapping_1: {
          '//': at('sink/mapping'),
          event_source_arn: '${aws_kinesis_stream.streams_results_1.arn}',
          function_name: '${aws_lambda_function.sink_1.arn}',
          batch_size: batchSize,
          maximum_retry_attempts: 5,
          destination_config: { on_failure: { destination_arn: '${aws_sqs_queue.given-up_1.arn}' } },
        },
      },
      aws_dynamodb_table: { table_1: { '//': at('table'), name: `ad-analytics-${environment}-results` } },
      aws_sqs_queue: {
        letters_1: { '//': at('sink/letters'), name: `ad-analytics-${environment}-letters` },
        'given-up_1': { '//': at('sink/given-up'), name: `ad-analytics-${environment}-given-up` },
      },
      aws_iam_role: {
        role_1: {
          '//': at('sink/role'),
          name: `ad-analytics-${environment}-sink`,
          assume_role_policy: policy({
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.account_caller_1.account_id}' },
            },
          }),
        },
      },
      aws_iam_role_policy: {
        policy_1: {
          '//': at('sink/policy'),
          role: '${aws_iam_role.role_1.id}',
          policy: policy(
            {
              Sid: 'Read',
              Effect: 'Allow',
              Action: ['kinesis:GetRecords', 'kinesis:ListShards'],
              Resource: ['${aws_kinesis_stream.streams_results_1.arn}'],
            },
            {
              Sid: 'Write',
              Effect: 'Allow',
              Action: ['dynamodb:PutItem'],
              Resource: ['${aws_dynamodb_table.table_1.arn}'],
            },
            {
              Sid: 'SetAside',
              Effect: 'Allow',
              Action: ['sqs:SendMessage'],
              Resource: ['${aws_sqs_queue.letters_1.arn}', '${aws_sqs_queue.given-up_1.arn}'],
            },
            { Sid: 'Key', Effect: 'Allow', Action: ['kms:GenerateDataKey'], Resource: ['${aws_kms_key.key_1.arn}'] },
          ),
        },
      },
      ...(alarms
        ? {
            aws_sns_topic: { topic_1: { '//': at('alarms/topic'), name: `ad-analytics-${environment}-alarms` } },
            aws_cloudwatch_metric_alarm: {
              alarm_1: {
                '//': at('alarms/behind'),
                alarm_name: `ad-analytics-${environment}-behind`,
                alarm_actions: ['${aws_sns_topic.topic_1.arn}'],
              },
            },
          }
        : {}),
    },
  };
}
