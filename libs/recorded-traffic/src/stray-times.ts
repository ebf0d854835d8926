import Denque from 'denque';
import type { InputRecord } from './input-record';

/**
 * The contract's default of `max.future.seconds`: what is further ahead of its arrival was stamped by a wrong clock.
 */
const STRAY_MS = 60_000;
/** Records looked ahead: more than wrong clocks can be expected in a row. */
const LOOK_AHEAD = 32;

/**
 * Takes away times that cannot be used as times of arrival: those that are more than a minute ahead of a record that
 * follows soon. A record's bytes stay as they are.
 * @param records in file order
 * @returns the same records; `eventTime` undefined where it is stray
 */
export async function* withoutStrayTimes(records: AsyncIterable<InputRecord>): AsyncGenerator<InputRecord> {
  const ahead = new Denque<{ record: InputRecord; time: number }>();
  const next = () => {
    const { record, time } = ahead.shift() as { record: InputRecord; time: number };
    for (let i = 0; i < ahead.length; i += 1)
      if (time - (ahead.peekAt(i)?.time ?? NaN) > STRAY_MS) return { ...record, eventTime: undefined };
    return record;
  };
  for await (const record of records) {
    // NaN for a record without a time: it is further ahead of nothing, and nothing of it.
    ahead.push({ record, time: Date.parse(record.eventTime ?? '') });
    if (ahead.length > LOOK_AHEAD) yield next();
  }
  while (ahead.length > 0) yield next();
}
