import { formatEventTime } from '@ad-analytics/event-schemas';
import { MALFORMED_KINDS, type MalformedKind } from './label';
import { eventId, type Occurrence } from './occurrence';
import type { RandomStream } from './random-stream';

const REQUIRED = ['event_time', 'user_id', 'campaign_id', 'ad_id', 'publisher_id', 'impression_id'] as const;
const WRONG_TIMES = ['yesterday', '2026-02-30T10:00:00.000Z', '23/11/2026 10:00', '', '1763892000000'];
const YEAR_MS = 365 * 86_400_000;
/**
 * How far the broken clock is ahead. Even if the record is replayed years later, its time must be ahead of its arrival by more than any
 * `max.future.seconds`.
 */
const FUTURE_YEARS = [20, 50] as const;

/** Values that a faulty program sends instead of text. */
function notJson(text: string, random: RandomStream): string | Uint8Array {
  const cut = text.slice(0, random.integer(1, text.length - 1));
  return random.pick([
    cut,
    `${text}${cut}`,
    'event=impression&id=1',
    // A byte-order mark of UTF-16 and parts of characters: not valid UTF-8.
    Uint8Array.from([0xff, 0xfe, ...Buffer.from(text.slice(0, 40), 'utf16le'), 0xd8]),
  ]);
}

/** A record that a consumer must reject, and why. */
export interface MalformedRecord {
  readonly data: string | Uint8Array;
  readonly kind: MalformedKind;
}

/**
 * @param occurrence a valid event
 * @returns the event as a faulty producer sends it; all kinds are equally likely. Each violates the contract: the schemas reject all except
 *   `future_time`, which only a comparison with the arrival time reveals
 */
export function malformedRecord(occurrence: Occurrence, random: RandomStream): MalformedRecord {
  const kind = random.pick(MALFORMED_KINDS);
  const { event } = occurrence;
  const field = random.pick(REQUIRED);
  switch (kind) {
    case 'not_json':
      return { kind, data: notJson(JSON.stringify(event), random) };
    case 'missing_field':
      return { kind, data: JSON.stringify({ ...event, [field]: undefined }) };
    case 'wrong_type':
      return {
        kind,
        data: JSON.stringify({ ...event, [field]: random.pick([7, true, [eventId(occurrence)], {}, null]) }),
      };
    case 'unparsable_time':
      return { kind, data: JSON.stringify({ ...event, event_time: random.pick(WRONG_TIMES) }) };
    case 'future_time': {
      const ahead = Math.round(random.between(...FUTURE_YEARS) * YEAR_MS);
      const time = formatEventTime(Date.parse(event.event_time) + ahead);
      return { kind, data: JSON.stringify({ ...event, event_time: time }) };
    }
  }
}
