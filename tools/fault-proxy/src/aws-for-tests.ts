import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';

/** A request that a service processed. */
interface Received {
  /** Value of `x-amz-target`; for S3 the method and the path. */
  readonly target: string;
  readonly body: string;
}

type Item = Readonly<Record<string, { readonly S?: string }>>;

/** Kinesis, DynamoDB, SQS and S3 in memory, as far as the tests of the proxy need them. They never fail by themselves. */
export interface AwsForTests extends LoopbackServer {
  /** All requests, in order. */
  readonly received: Received[];
  /** Items of all tables. */
  readonly items: Item[];
  /** Messages of all queues, in order. */
  readonly messages: string[];
  /** Objects by path, for example "/bucket/key". */
  readonly objects: Map<string, string>;
}

/** The answer of Kinesis to ListStreams. */
export const STREAMS = { StreamNames: ['s'], HasMoreStreams: false };
/** The data of the one record that each GetRecords returns. */
export const RECORD = 'a record';

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The SDK compares this with the text that it has sent. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * @param refusesItem whether DynamoDB refuses the item as invalid, which fails the whole request
 * @returns running services
 */
export async function startAwsForTests(refusesItem: (item: Item) => boolean = () => false): Promise<AwsForTests> {
  const received: Received[] = [];
  const items: Item[] = [];
  const messages: string[] = [];
  const objects = new Map<string, string>();

  /** @returns the answer of a service with a JSON protocol; undefined for a request that is invalid */
  function jsonAnswer(operation: string, body: string): object | undefined {
    const asked = JSON.parse(body) as {
      Records: object[];
      RequestItems: Record<string, { PutRequest: { Item: Item } }[]>;
      MessageBody: string;
      Entries: { Id: string; MessageBody: string }[];
    };
    switch (operation) {
      case 'ListStreams':
        return STREAMS;
      case 'PutRecords': {
        const written = asked.Records.map((_, at) => ({ SequenceNumber: `${at}`, ShardId: 's' }));
        return { FailedRecordCount: 0, Records: written };
      }
      case 'GetRecords': {
        const data = Buffer.from(RECORD).toString('base64');
        return { Records: [{ SequenceNumber: '0', PartitionKey: 'k', Data: data }], NextShardIterator: 'next' };
      }
      case 'BatchWriteItem': {
        const puts = Object.values(asked.RequestItems)
          .flat()
          .map(({ PutRequest: { Item: item } }) => item);
        if (puts.some(refusesItem)) return undefined;
        items.push(...puts);
        return { UnprocessedItems: {} };
      }
      case 'SendMessage':
        messages.push(asked.MessageBody);
        return { MessageId: randomUUID(), MD5OfMessageBody: md5(asked.MessageBody) };
      case 'SendMessageBatch':
        messages.push(...asked.Entries.map(({ MessageBody: text }) => text));
        return {
          Successful: asked.Entries.map(({ Id, MessageBody: text }) => ({
            ...{ Id, MessageId: randomUUID(), MD5OfMessageBody: md5(text) },
          })),
          Failed: [],
        };
      default:
        return {};
    }
  }

  function answerOfS3(method: string, path: string, body: string, response: ServerResponse): void {
    const content = objects.get(path);
    switch (method) {
      case 'PUT':
        objects.set(path, body);
        return void response.setHeader('content-length', 0).end();
      case 'DELETE':
        objects.delete(path);
        return void response.writeHead(204).end();
      default:
        if (content === undefined) return void response.writeHead(404).end();
        // Node omits the body in the answer to a HEAD.
        response.setHeader('content-length', Buffer.byteLength(content)).end(content);
    }
  }

  const server = createServer(async (incoming, response) => {
    const { method = '', url = '' } = incoming;
    const body = await textOf(incoming);
    const target = incoming.headers['x-amz-target'];
    if (target === undefined && url.startsWith('/bucket/')) {
      const [path = ''] = url.split('?');
      received.push({ target: `${method} ${path}`, body });
      return answerOfS3(method, path, body, response);
    }
    received.push({ target: String(target ?? ''), body });
    const answer = target === undefined ? {} : jsonAnswer(String(target).split('.')[1] ?? '', body);
    const refused = { __type: 'com.amazon.coral.validate#ValidationException', message: 'An item is invalid.' };
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer ?? refused));
  });
  return { ...(await listenOnLoopback(server)), received, items, messages, objects };
}
