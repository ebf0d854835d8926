import type { IncomingHttpHeaders } from 'node:http';

/** Services whose errors the proxy can imitate. */
export type Service = 'kinesis' | 'dynamodb' | 'sqs' | 's3';

/** What a request to AWS asks for. */
export interface AwsRequest {
  /** undefined: not a request to one of the services, for example a health check. */
  readonly service: Service | undefined;
  /** For example PutRecords; empty for S3 and for what is not a request to one of the services. */
  readonly operation: string;
}

const SERVICES: readonly (readonly [RegExp, Service])[] = [
  [/^Kinesis_\d+\.(\w+)$/, 'kinesis'],
  [/^DynamoDB_\d+\.(\w+)$/, 'dynamodb'],
  [/^AmazonSQS\.(\w+)$/, 'sqs'],
];
/** Scope of a signature of version 4. */
const SIGNED_FOR_S3 = /\/s3\/aws4_request/;

/** @param headers of a request in one of the JSON protocols of AWS, or to S3 @returns what it asks for */
export function awsRequest(headers: IncomingHttpHeaders): AwsRequest {
  const target = String(headers['x-amz-target'] ?? '');
  // Answers in CBOR would have to be made in CBOR.
  const isJson = String(headers['content-type'] ?? '').includes('json');
  for (const [pattern, service] of SERVICES) {
    const [, operation] = pattern.exec(target) ?? [];
    if (operation !== undefined && isJson) return { service, operation };
  }
  return { service: SIGNED_FOR_S3.test(headers.authorization ?? '') ? 's3' : undefined, operation: '' };
}
