import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The location of the services on the serving side. */
export interface ServiceOptions {
  readonly region: string;
  /** URL of a local emulator; undefined: AWS itself, with the default credential chain. */
  readonly endpoint?: string | undefined;
  /** Number of requests for one call, including the first; default: 3. */
  readonly maxAttempts?: number;
}

/** Real keys must not reach an emulator, but an emulator requires keys. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * @param options location of the service
 * @returns configuration for a client of the SDK, of DynamoDB or another service: bounded in attempts and in time
 */
export function clientConfig({ region, endpoint, maxAttempts = 3 }: ServiceOptions) {
  const local = endpoint !== undefined && new URL(endpoint).protocol === 'http:';
  return {
    region,
    maxAttempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(local ? { credentials: EMULATOR_CREDENTIALS } : {}),
  };
}
