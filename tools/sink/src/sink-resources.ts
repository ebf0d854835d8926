import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Where the function sends what can never be written. */
export const DEAD_LETTER_QUEUE = 'output-sink-dead-letters';
/** Where the event source mapping sends batches that it gives up. */
export const ON_FAILURE_QUEUE = 'output-sink-on-failure';

/** @returns URL of the queue of that name, which is created unless there is one */
export async function ensureQueue(client: SQSClient, name: string): Promise<string> {
  const { QueueUrl: url } = await client.send(new CreateQueueCommand({ QueueName: name }));
  if (url === undefined) throw new Error(`the local AWS gave no URL for the queue ${name}`);
  return url;
}

/** @returns how many messages lie in the queue */
export async function messagesIn(client: SQSClient, url: string): Promise<number> {
  const request = { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages' as const] };
  const { Attributes: attributes } = await client.send(new GetQueueAttributesCommand(request));
  return Number(attributes?.['ApproximateNumberOfMessages']);
}
