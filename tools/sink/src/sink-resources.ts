import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Queue of the function for records that can never be written. */
export const DEAD_LETTER_QUEUE = 'output-sink-dead-letters';
/** Queue of the event source mapping for discarded batches. */
export const ON_FAILURE_QUEUE = 'output-sink-on-failure';

/** @returns URL of the queue, which is created if it is missing */
export async function ensureQueue(client: SQSClient, name: string): Promise<string> {
  const { QueueUrl: url } = await client.send(new CreateQueueCommand({ QueueName: name }));
  if (url === undefined) throw new Error(`the local AWS gave no URL for the queue ${name}`);
  return url;
}

/** @returns number of messages in the queue */
export async function messagesIn(client: SQSClient, url: string): Promise<number> {
  const request = { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages' as const] };
  const { Attributes: attributes } = await client.send(new GetQueueAttributesCommand(request));
  return Number(attributes?.['ApproximateNumberOfMessages']);
}
