import type { InputRecord } from './input-record';
import { withoutStrayTimes } from './stray-times';

/** A record and the name of the stream it belongs to. */
export interface RoutedRecord<Stream extends string> {
  readonly stream: Stream;
  readonly record: InputRecord;
}

/** One input while it is merged. */
interface Head<Stream extends string> {
  readonly stream: Stream;
  readonly rest: AsyncIterator<InputRecord>;
  record: InputRecord;
}

/**
 * Merges inputs as they would have arrived together: always the earliest of their next records. Each input keeps its
 * own order, late and duplicate records included; a record without a time goes right after its predecessor, so
 * does one whose time is far ahead of what follows (a producer with a wrong clock), or it would hold back its whole
 * input.
 * @param inputs records in file order, by the stream they go to
 * @returns all records; those with a time far ahead without it
 */
export async function* mergeByTime<Stream extends string>(
  inputs: Readonly<Record<Stream, AsyncIterable<InputRecord>>>,
): AsyncGenerator<RoutedRecord<Stream>> {
  const heads: Head<Stream>[] = [];
  for (const stream of Object.keys(inputs) as Stream[]) {
    const rest = withoutStrayTimes(inputs[stream]);
    const first = await rest.next();
    if (!first.done) heads.push({ stream, rest, record: first.value });
  }
  // No time sorts before every time.
  const time = (head: Head<Stream>) => head.record.eventTime ?? '';
  while (heads.length > 0) {
    const next = heads.reduce((least, head) => (time(head) < time(least) ? head : least));
    yield { stream: next.stream, record: next.record };
    const following = await next.rest.next();
    if (following.done) heads.splice(heads.indexOf(next), 1);
    else next.record = following.value;
  }
}
