import {
  SendMessageBatchCommand,
  SQSClient,
  type SendMessageBatchCommandInput,
  type SendMessageBatchCommandOutput,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What sending needs of SQS. */
export interface QueueSender {
  sendMessageBatch(input: SendMessageBatchCommandInput, signal: AbortSignal): Promise<SendMessageBatchCommandOutput>;
}

/** Real keys must not reach an emulator, and an emulator wants some. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** @returns a client for the queues of a region, or of a local AWS */
export function createQueueClient(options: { region: string; endpoint: string | undefined }): SQSClient {
  const { region, endpoint } = options;
  const config: SQSClientConfig = {
    region,
    maxAttempts: 4,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    }),
  };
  if (endpoint !== undefined) {
    config.endpoint = endpoint;
    if (new URL(endpoint).protocol === 'http:') config.credentials = EMULATOR_CREDENTIALS;
  }
  return new SQSClient(config);
}

/** @returns what sending needs, from the SDK's client */
export function queueSender(client: SQSClient): QueueSender {
  return { sendMessageBatch: (input, abortSignal) => client.send(new SendMessageBatchCommand(input), { abortSignal }) };
}
