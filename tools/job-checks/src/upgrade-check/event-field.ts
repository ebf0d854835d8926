import type { RecordedEvent } from '../replay-check/recording';
import { TRIAL_EVENT_FIELD } from './changed-application';

/** Id of the impression that an application with the field must reject. */
const REFUSED = 'refused-for-the-event-field';

/** @returns whether a record is the one that only an application with the field rejects */
export function isRefused(data: Uint8Array): boolean {
  return Buffer.from(data).includes(REFUSED);
}

function withField(record: RecordedEvent, value: unknown): RecordedEvent {
  const { stream, data } = record;
  if (stream !== 'impressions' || typeof data !== 'string') return record;
  try {
    return { ...record, data: JSON.stringify({ ...(JSON.parse(data) as object), [TRIAL_EVENT_FIELD]: value }) };
  } catch {
    return record;
  }
}

/**
 * The traffic of producers that send the field before the application has it. In every phase, one impression has an invalid value in the
 * field. An application without the field accepts it. In the second phase, the application has the field, and this impression is the record
 * of `isRefused`.
 * @param traffic the records of each phase
 */
export function sendEventField(traffic: readonly (readonly RecordedEvent[])[]): RecordedEvent[][] {
  return traffic.map((records, phase) => {
    const last = records.findLast(({ stream, data }) => stream === 'impressions' && isWhole(data));
    const wrong = last === undefined ? [] : [withField(renamed(last, phase), 7)];
    return [...records.map((record) => withField(record, 'top')), ...wrong];
  });
}

function isWhole(data: string | Uint8Array): boolean {
  try {
    return typeof (JSON.parse(String(data)) as Record<string, unknown>)['impression_id'] === 'string';
  } catch {
    return false;
  }
}

function renamed(record: RecordedEvent, phase: number): RecordedEvent {
  const id = phase === 1 ? REFUSED : `accepted-with-any-field-${phase}`;
  const event = { ...(JSON.parse(String(record.data)) as object), impression_id: id };
  return { ...record, partitionKey: id, data: JSON.stringify(event) };
}
