import {
  type Click,
  type Impression,
  type Source,
  clickSchema,
  impressionSchema,
  readRecord,
} from '@ad-analytics/event-schemas';

/** What a record is: an event, or not, with the names of which the reason must hold one (empty: of none in particular). */
export type Classification =
  | { readonly event: Impression | Click; readonly t: number }
  | { readonly event: undefined; readonly fields: readonly string[] };

/**
 * Judges a record by the contract, which the zod schemas define.
 * @param source the stream it came from
 * @param data bytes of the record
 * @param arrivalTime in the stream, milliseconds since the epoch; without it the event time is not compared with it
 * @param maxFutureMs how far the event time may be after the arrival
 */
export function classifyRecord(
  source: Source,
  data: Uint8Array,
  arrivalTime: number | undefined,
  maxFutureMs: number,
): Classification {
  const read = readRecord(data);
  if ('problem' in read) return { event: undefined, fields: read.problem === 'JSON' ? ['JSON'] : [] };
  const parsed = (source === 'impression' ? impressionSchema : clickSchema).safeParse(read.value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => String(issue.path[0] ?? ''));
    return { event: undefined, fields: fields.includes('') ? [] : [...new Set(fields)] };
  }
  const t = Date.parse(parsed.data.event_time);
  if (arrivalTime !== undefined && t > arrivalTime + maxFutureMs) return { event: undefined, fields: ['event_time'] };
  return { event: parsed.data, t };
}
