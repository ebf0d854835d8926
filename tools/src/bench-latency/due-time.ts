import { type RecordType, type ResultRecord, parseEventTime } from '@ad-analytics/event-schemas';

/** Settings of the job that decide when a result is due. */
export interface DueSettings {
  readonly attributionWindowMs: number;
  readonly maxOutOfOrdernessMs: number;
}

/** From which moment the latency of a result counts. */
export interface DueTime {
  /** Event time with which the result is due, milliseconds since the epoch. */
  readonly dueMs: number;
  /** Whether the job waits for the watermark to reach it. */
  readonly waits: boolean;
}

/** From which moment each record type counts, in words. */
export const DUE: Readonly<Record<RecordType, string>> = {
  attributed_click: 'time of the click',
  unattributed_click: 'time of the click',
  campaign_metrics: 'end of the window',
  attribution_metrics: 'end of the window and of the attribution window after it',
  fraud_alert: 'end of the window',
  user_engagement: 'end of the window',
  late_event: "the shard's clock when the event arrived",
  rejected_event: 'arrival of the record',
};

/**
 * @param record a result
 * @param settings of the job that wrote it
 * @returns the moment of event time from which its latency counts
 */
export function dueTime(record: ResultRecord, { attributionWindowMs }: DueSettings): DueTime {
  // Of a window it is the end, of a click its time, of a rejected record its arrival.
  const eventTime = parseEventTime(record.event_time);
  switch (record.record_type) {
    case 'attribution_metrics':
      return { dueMs: eventTime + attributionWindowMs, waits: true };
    case 'late_event':
      return { dueMs: eventTime + record.late_event.lateness_ms, waits: false };
    case 'rejected_event':
      return { dueMs: eventTime, waits: false };
    default:
      return { dueMs: eventTime, waits: true };
  }
}
