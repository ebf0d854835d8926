import Denque from 'denque';
import type { InputRecord } from './input-record';

/**
 * The contract's default of `max.future.seconds`: an event that is further ahead of its arrival has a wrong clock.
 */
const STRAY_MS = 60_000;
/** Number of following records that are considered: more than the expected number of consecutive records with wrong clocks. */
const LOOK_AHEAD = 32;

/**
 * Removes times that cannot be arrival times: times that are more than a minute ahead of most of the next records. Records that are late
 * compared with earlier ones are not considered. The bytes of a record are not changed.
 * @param records in file order
 * @returns the same records; a stray `eventTime` is undefined
 */
export async function* withoutStrayTimes(records: AsyncIterable<InputRecord>): AsyncGenerator<InputRecord> {
  const ahead = new Denque<{ record: InputRecord; time: number }>();
  // The greatest time so far, without stray times.
  let reached = -Infinity;
  const next = () => {
    const { record, time } = ahead.shift() as { record: InputRecord; time: number };
    let timed = 0;
    let farBehind = 0;
    for (let i = 0; i < ahead.length; i += 1) {
      const other = ahead.peekAt(i)?.time ?? NaN;
      if (!(other >= reached - STRAY_MS)) continue;
      timed += 1;
      if (time - other > STRAY_MS) farBehind += 1;
    }
    if (farBehind * 2 > timed) return { ...record, eventTime: undefined };
    if (time > reached) reached = time;
    return record;
  };
  for await (const record of records) {
    // NaN for a record without a time: comparisons with it are false.
    ahead.push({ record, time: Date.parse(record.eventTime ?? '') });
    if (ahead.length > LOOK_AHEAD) yield next();
  }
  while (ahead.length > 0) yield next();
}
