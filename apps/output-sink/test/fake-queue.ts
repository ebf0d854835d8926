import type { QueueSender } from '../src/queue-client';
import { serviceError } from './fake-table-writer';

/** A letter in the queue. */
export interface Letter {
  readonly reason: string;
  readonly sequence_number: string;
  readonly part?: number;
  readonly [field: string]: unknown;
}

/** A queue in memory that rejects the same requests as SQS, and fails on demand. */
export class FakeQueue implements QueueSender {
  readonly letters: Letter[] = [];
  requests = 0;

  /** @param refuses whether the n-th request from 0 refuses the letter; an error ends the whole request */
  constructor(public refuses: (request: number, letter: Letter) => boolean | Error = () => false) {}

  sendMessageBatch: QueueSender['sendMessageBatch'] = async (input) => {
    const request = this.requests++;
    const entries = input.Entries!.map((entry) => ({ id: entry.Id!, body: entry.MessageBody! }));
    const bytes = entries.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    if (entries.length < 1 || entries.length > 10) throw serviceError('TooManyEntriesInBatchRequest');
    if (bytes > 256 * 1024) throw serviceError('BatchRequestTooLong');
    const answers = entries.map(({ id, body }) => {
      const letter = JSON.parse(body) as Letter;
      return { id, letter, refused: this.refuses(request, letter) };
    });
    for (const { refused } of answers) if (refused instanceof Error) throw refused;
    this.letters.push(...answers.filter(({ refused }) => refused === false).map(({ letter }) => letter));
    const failed = answers.filter(({ refused }) => refused === true).map(({ id }) => id);
    return {
      $metadata: {},
      Successful: [],
      Failed: failed.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
    };
  };
}
