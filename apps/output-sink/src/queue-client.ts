import { clientConfig, type ServiceOptions } from '@ad-analytics/serving-table';
import {
  SendMessageBatchCommand,
  SQSClient,
  type SendMessageBatchCommandInput,
  type SendMessageBatchCommandOutput,
} from '@aws-sdk/client-sqs';

/** The part of SQS that sending uses. */
export interface QueueSender {
  sendMessageBatch(input: SendMessageBatchCommandInput, signal: AbortSignal): Promise<SendMessageBatchCommandOutput>;
}

/** @returns a client for the queues of a region, or of a local AWS */
export function createQueueClient(options: ServiceOptions): SQSClient {
  return new SQSClient(clientConfig(options));
}

/** @returns an adapter of the SDK's client */
export function queueSender(client: SQSClient): QueueSender {
  return { sendMessageBatch: (input, abortSignal) => client.send(new SendMessageBatchCommand(input), { abortSignal }) };
}
