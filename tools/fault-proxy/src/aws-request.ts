import type { IncomingMessage } from 'node:http';

/** Services whose errors the proxy can imitate. */
export type Service = 'kinesis' | 'dynamodb' | 'sqs' | 's3';

/** Service and operation of a request to AWS. */
export interface AwsRequest {
  /** undefined: not a request to one of the services, for example a health check. */
  readonly service: Service | undefined;
  /** For example PutRecords; empty for S3 and for requests to other services. */
  readonly operation: string;
}

const SERVICES: readonly (readonly [RegExp, Service])[] = [
  [/^Kinesis_\d+\.(\w+)$/, 'kinesis'],
  [/^DynamoDB_\d+\.(\w+)$/, 'dynamodb'],
  [/^AmazonSQS\.(\w+)$/, 'sqs'],
];
/** Scope of a signature of version 4. */
const SIGNED_FOR_S3 = /\/s3\/aws4_request/;

/** @returns the SDK that sent a request, for example aws-sdk-java; undefined for other clients */
export function sdkOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  return /aws-sdk-[a-z]+/.exec(String(headers['user-agent'] ?? ''))?.[0];
}

/** @returns whether the headers, or the query of a presigned URL, have a signature for S3 */
function isSignedForS3({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): boolean {
  if (SIGNED_FOR_S3.test(headers.authorization ?? '')) return true;
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  return SIGNED_FOR_S3.test(query.get('X-Amz-Credential') ?? '');
}

/** @param request in one of the JSON protocols of AWS, or to S3 @returns what it asks for */
export function awsRequest(request: Pick<IncomingMessage, 'headers' | 'url'>): AwsRequest {
  const { headers } = request;
  const target = String(headers['x-amz-target'] ?? '');
  // The proxy cannot write responses in CBOR, so requests in CBOR are left alone.
  const isJson = String(headers['content-type'] ?? '').includes('json');
  for (const [pattern, service] of SERVICES) {
    const [, operation] = pattern.exec(target) ?? [];
    if (operation !== undefined && isJson) return { service, operation };
  }
  return { service: isSignedForS3(request) ? 's3' : undefined, operation: '' };
}
