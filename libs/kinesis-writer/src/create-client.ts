import { KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The location of the stream. */
export interface ClientOptions {
  readonly region: string;
  /** URL of a local emulator; undefined: AWS itself, with the default credential chain. */
  readonly endpoint?: string | undefined;
}

/** Real keys must not reach an emulator, but an emulator requires keys. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const CONNECTION_TIMEOUT_MS = 5_000;
/** A full request of 10 MiB takes a while on a slow connection. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * @param options location of the stream
 * @returns a client for one or more writers. The SDK's own retries are off,
 *   because the writer retries and counts
 */
export function createKinesisClient(options: ClientOptions): KinesisClient {
  const config: KinesisClientConfig = {
    region: options.region,
    maxAttempts: 1,
    // HTTP/1.1 with connections kept open. The SDK's default for Kinesis is HTTP/2, made for SubscribeToShard: emulators
    // do not speak it without TLS, and it does not have a default timeout.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
  };
  if (options.endpoint !== undefined) {
    config.endpoint = options.endpoint;
    if (new URL(options.endpoint).protocol === 'http:') config.credentials = EMULATOR_CREDENTIALS;
  }
  return new KinesisClient(config);
}
