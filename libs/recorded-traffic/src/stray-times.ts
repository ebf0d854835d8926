import Denque from 'denque';
import type { InputRecord } from './input-record';

/**
 * The contract's default of `max.future.seconds`: what is further ahead of its arrival was stamped by a wrong clock.
 */
const STRAY_MS = 60_000;
/** Records looked ahead: more than wrong clocks can be expected in a row. */
const LOOK_AHEAD = 32;

/**
 * Takes away times that cannot be used as times of arrival: those that are more than a minute ahead of most of the records
 * that follow soon. A record that follows and is itself late, by what came before, is not counted. A record's bytes stay as
 * they are.
 * @param records in file order
 * @returns the same records; `eventTime` undefined where it is stray
 */
export async function* withoutStrayTimes(records: AsyncIterable<InputRecord>): AsyncGenerator<InputRecord> {
  const ahead = new Denque<{ record: InputRecord; time: number }>();
  // The greatest time so far that was not stray.
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
    // NaN for a record without a time: it is further ahead of nothing, and nothing of it.
    ahead.push({ record, time: Date.parse(record.eventTime ?? '') });
    if (ahead.length > LOOK_AHEAD) yield next();
  }
  while (ahead.length > 0) yield next();
}
