import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { LOCAL_CREDENTIALS } from './local-aws-environment';

/**
 * @param endpoint URL of the emulator
 * @param region AWS region
 * @returns a client for the emulator only. It uses HTTP/1.1, because the emulator does not support HTTP/2, the SDK's default for Kinesis
 */
export function localKinesisClient(endpoint: string, region: string): KinesisClient {
  return new KinesisClient({
    endpoint,
    region,
    credentials: LOCAL_CREDENTIALS,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 60_000 }),
    maxAttempts: 5,
  });
}
