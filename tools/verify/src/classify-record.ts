import {
  type Click,
  type Impression,
  type Source,
  clickSchema,
  impressionSchema,
  readRecord,
} from '@ad-analytics/event-schemas';

/** The classification of a record: an event, or the names of which the reason must contain one (empty: any reason). */
export type Classification =
  | { readonly event: Impression | Click; readonly t: number }
  | { readonly event: undefined; readonly fields: readonly string[] };

/**
 * Validates a record with the contract, which the zod schemas define.
 * @param source stream of the record
 * @param data bytes of the record
 * @param arrivalTime in the stream, milliseconds since the epoch; if undefined, the event time is not compared with it
 * @param maxFutureMs how far the event time may be ahead of the arrival
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
