import { waitBeforeRetry, type Backoff } from './backoff';
import type { QueueSender } from './queue-client';

/** Maximum number of messages in a request, and of their bytes. Source: Amazon SQS Developer Guide, "Message quotas";
 *  the limit of bytes is the one from before 2025, which every queue accepts. */
const MAX_MESSAGES = 10;
const MAX_BYTES = 256 * 1024;

/** @returns the number of letters from `begin` that fit into one request, at least one */
function fitting(letters: readonly string[], begin: number): number {
  let bytes = 0;
  let count = 0;
  for (const letter of letters.slice(begin, begin + MAX_MESSAGES)) {
    bytes += Buffer.byteLength(letter);
    if (count > 0 && bytes > MAX_BYTES) break;
    count++;
  }
  return count;
}

/**
 * Sends the letters of one request, and retries refused ones.
 * @returns indexes of letters that are not in the queue, with the reason
 */
async function sendRequest(
  queue: QueueSender,
  queueUrl: string,
  letters: ReadonlyMap<number, string>,
  backoff: Backoff,
  signal: AbortSignal,
): Promise<Map<number, Error>> {
  let left = [...letters];
  for (let attempt = 1; ; attempt++) {
    const entries = left.map(([at, letter]) => ({ Id: String(at), MessageBody: letter }));
    let errors: Map<number, Error>;
    try {
      const { Failed: refused = [] } = await queue.sendMessageBatch({ QueueUrl: queueUrl, Entries: entries }, signal);
      errors = new Map(refused.map(({ Id, Code, Message }) => [Number(Id), new Error(`${Code}: ${Message ?? ''}`)]));
    } catch (error) {
      return new Map(left.map(([at]) => [at, error instanceof Error ? error : new Error(String(error))]));
    }
    left = left.filter(([at]) => errors.has(at));
    if (left.length === 0 || attempt >= backoff.maxAttempts) return errors;
    if (!(await waitBeforeRetry(attempt, backoff, signal))) return errors;
  }
}

/**
 * Sends letters in order. It stops at the first request with a failed letter, because Lambda delivers all later records
 * again.
 * @param queue where to send
 * @param queueUrl URL of the queue
 * @param letters bodies of the messages
 * @param backoff retries of refused messages
 * @param signal cancels the sending
 * @returns index of the first letter that
 *   is not in the queue, and the reason; undefined if all are
 */
export async function sendLetters(
  queue: QueueSender,
  queueUrl: string,
  letters: readonly string[],
  backoff: Backoff,
  signal: AbortSignal,
): Promise<{ at: number; error: Error } | undefined> {
  for (let begin = 0; begin < letters.length;) {
    const count = fitting(letters, begin);
    const request = new Map(letters.slice(begin, begin + count).map((letter, at) => [begin + at, letter]));
    const missing = await sendRequest(queue, queueUrl, request, backoff, signal);
    if (missing.size > 0) {
      const at = Math.min(...missing.keys());
      return { at, error: missing.get(at)! };
    }
    begin += count;
  }
  return undefined;
}
