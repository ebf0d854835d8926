import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { destinationMessage } from './destination-message';
import type { EventSource } from './kinesis-event';
import type { Discarded } from './process-batch';

/**
 * @param client of the local AWS; its retries are bounded
 * @param queueUrl of the on-failure destination
 * @param context `source` of the records, ARN of the function
 * @returns a function that sends a discarded batch to the queue. It rejects when the queue does not accept the message
 */
export function onFailureQueue(
  client: SQSClient,
  queueUrl: string,
  context: { source: EventSource; functionArn: string },
): (discarded: Discarded) => Promise<void> {
  return async (discarded) => {
    const message = destinationMessage(discarded, { ...context, requestId: randomUUID(), now: Date.now() });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  };
}
