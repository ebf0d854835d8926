import { randomUUID } from 'node:crypto';
import type { AwsRequest, Service } from './aws-request';

/** An answer that the proxy makes. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (version: '1.0' | '1.1', status: number, type: string, message: string, more = {}): Answer => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID(), ...more },
  body: JSON.stringify({ __type: type, message }),
});

const xml = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': randomUUID() },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>x</RequestId></Error>`,
});

/** Operations of Kinesis that a shard limits; the others are limited by account. */
const OF_A_SHARD = new Set(['PutRecord', 'PutRecords', 'GetRecords', 'GetShardIterator']);
/** Names of types in DynamoDB's errors. */
const DYNAMODB = 'com.amazonaws.dynamodb.v20120810#';

/**
 * Each in the format of the service. Source: the API references of Kinesis Data Streams, DynamoDB, SQS and S3, "Errors" of the operations
 * and
 * "Common errors".
 * @param byAccount whether DynamoDB refuses because of the rate of all requests, and not because of the table's capacity
 * @returns what the service answers when there are too many requests
 */
export function throttledAnswer({ service, operation }: AwsRequest & { service: Service }, byAccount: boolean): Answer {
  switch (service) {
    case 'kinesis':
      return OF_A_SHARD.has(operation)
        ? json('1.1', 400, 'ProvisionedThroughputExceededException', 'Rate exceeded for shard shardId-000000000000.')
        : json('1.1', 400, 'LimitExceededException', `Rate exceeded for ${operation}.`);
    case 'dynamodb':
      return byAccount
        ? json(
            '1.0',
            400,
            'com.amazon.coral.availability#ThrottlingException',
            'Rate of requests exceeds the allowed throughput.',
          )
        : json(
            '1.0',
            400,
            `${DYNAMODB}ProvisionedThroughputExceededException`,
            'The level of configured provisioned throughput for the table was exceeded.',
          );
    case 'sqs':
      return json('1.0', 400, 'com.amazonaws.sqs#RequestThrottled', 'The request was throttled.', {
        'x-amzn-query-error': 'RequestThrottled;Sender',
      });
    case 's3':
      return xml(503, 'SlowDown', 'Please reduce your request rate.');
  }
}

/** @param unavailable 503 instead of 500 @returns what the service answers when it fails */
export function serverErrorAnswer(service: Service, unavailable: boolean): Answer {
  const [status, type, message] = unavailable
    ? ([503, 'ServiceUnavailable', 'The service is unavailable. Please try again.'] as const)
    : ([500, 'InternalFailure', 'The request processing has failed because of an unknown error.'] as const);
  switch (service) {
    case 'kinesis':
      return json('1.1', status, type, message);
    case 'dynamodb':
      return json('1.0', status, unavailable ? type : `${DYNAMODB}InternalServerError`, message);
    case 'sqs':
      return json('1.0', status, type, message);
    case 's3':
      return xml(status, unavailable ? type : 'InternalError', message);
  }
}

/** @returns what Kinesis answers to an iterator that is older than five minutes */
export function expiredIteratorAnswer(): Answer {
  return json(
    '1.1',
    400,
    'ExpiredIteratorException',
    'Iterator expired. The iterator was created more than 300 s ago.',
  );
}

/** @returns the answer of the service itself, with another body */
export function withBody(answer: Pick<Answer, 'status' | 'headers'>, body: object): Answer {
  // The checksum header belongs to the original body.
  const { 'x-amz-crc32': _, ...headers } = answer.headers;
  return { status: answer.status, headers, body: JSON.stringify(body) };
}
