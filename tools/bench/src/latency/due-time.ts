import {
  parseEventTime,
  RECORD_TYPES,
  RESULT_DEFINITIONS,
  type RecordType,
  type ResultRecord,
} from '@ad-analytics/event-schemas';

/** Settings of the job that decide when a result is due. */
export interface DueSettings {
  readonly attributionWindowMs: number;
  readonly maxOutOfOrdernessMs: number;
}

/** The start of a result's latency. */
export interface DueTime {
  /** Event time with which the result is due, milliseconds since the epoch. */
  readonly dueMs: number;
  /** Whether the job waits for the watermark to reach it. */
  readonly waits: boolean;
}

function words(type: RecordType): string {
  if (type === 'late_event') return "the shard's clock when the event arrived";
  if (type === 'rejected_event') return 'arrival of the record';
  const { eventTime, waitsForAttribution } = RESULT_DEFINITIONS[type];
  return waitsForAttribution
    ? 'end of the window and of the attribution window after it'
    : eventTime.replace(/^The /, '');
}

/** From which moment each record type counts, in words. */
export const DUE = Object.fromEntries(RECORD_TYPES.map((type) => [type, words(type)])) as Readonly<
  Record<RecordType, string>
>;

/**
 * @param record a result
 * @param settings of the job that wrote it
 * @returns the event time from which its latency is measured
 */
export function dueTime(record: ResultRecord, { attributionWindowMs }: DueSettings): DueTime {
  // The end of a window, the time of a click, or the arrival of a rejected record.
  const eventTime = parseEventTime(record.event_time);
  switch (record.record_type) {
    case 'late_event':
      return { dueMs: eventTime + record.late_event.lateness_ms, waits: false };
    case 'rejected_event':
      return { dueMs: eventTime, waits: false };
    default: {
      const { waitsForAttribution } = RESULT_DEFINITIONS[record.record_type];
      return { dueMs: eventTime + (waitsForAttribution ? attributionWindowMs : 0), waits: true };
    }
  }
}
