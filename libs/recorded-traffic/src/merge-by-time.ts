import type { InputRecord } from './input-record';
import { withoutStrayTimes } from './stray-times';

/** A record and the name of its stream. */
export interface RoutedRecord<Stream extends string> {
  readonly stream: Stream;
  readonly record: InputRecord;
}

/** The state of one input during the merge. */
interface Head<Stream extends string> {
  readonly stream: Stream;
  readonly rest: AsyncIterator<InputRecord>;
  record: InputRecord;
}

/**
 * Merges inputs in the order of their arrival: always the earliest of their next records. Each input keeps its own order, including late
 * and duplicate records. A record without a time comes directly after its predecessor. So does a record whose time is far ahead of the
 * following ones (a producer with a wrong clock); otherwise it would delay its whole input.
 * @param inputs records in file order, by their stream
 * @returns all records; times that are far ahead are removed
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
  // A record without a time is sorted before all times.
  const time = (head: Head<Stream>) => head.record.eventTime ?? '';
  while (heads.length > 0) {
    const next = heads.reduce((least, head) => (time(head) < time(least) ? head : least));
    yield { stream: next.stream, record: next.record };
    const following = await next.rest.next();
    if (following.done) heads.splice(heads.indexOf(next), 1);
    else next.record = following.value;
  }
}
