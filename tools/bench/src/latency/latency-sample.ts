import type { RecordType, ResultRecord } from '@ad-analytics/event-schemas';
import { type Percentiles, percentilesOf } from '../percentiles';
import { type DueSettings, dueTime } from './due-time';

/** Latencies of one record type, milliseconds. */
export interface TypeLatency {
  readonly type: RecordType;
  /** From the moment of event time with which the result is due to its arrival in the results stream. */
  readonly fromDue: Percentiles;
  /** From the moment when the watermark can reach that event time; undefined if the job does not wait for the watermark. */
  readonly pastWatermark: Percentiles | undefined;
}

/** Collects the latencies of the results that are due within a span of time. */
export class LatencySample {
  private readonly seen = new Set<string>();
  private readonly byType = new Map<RecordType, { waits: boolean; latencies: number[] }>();

  /** @param span milliseconds since the epoch, `to` exclusive @param settings of the job */
  constructor(
    private readonly span: { readonly from: number; readonly to: number },
    private readonly settings: DueSettings,
  ) {}

  /** @param record a result; if it comes again, its first arrival counts @param arrivalMs milliseconds since the epoch */
  add(record: ResultRecord, arrivalMs: number): void {
    if (this.seen.has(record.record_id)) return;
    this.seen.add(record.record_id);
    const { dueMs, waits } = dueTime(record, this.settings);
    if (dueMs < this.span.from || dueMs >= this.span.to) return;
    let type = this.byType.get(record.record_type);
    if (type === undefined) this.byType.set(record.record_type, (type = { waits, latencies: [] }));
    type.latencies.push(arrivalMs - dueMs);
  }

  /** @param types in the order of the result @returns latencies of the types that occurred */
  latencies(types: readonly RecordType[]): TypeLatency[] {
    return types.flatMap((type) => {
      const { waits, latencies } = this.byType.get(type) ?? { waits: false, latencies: [] };
      const fromDue = percentilesOf(latencies);
      if (fromDue === undefined) return [];
      // The watermark is this far behind the clock of the shards.
      const past = latencies.map((latency) => latency - this.settings.maxOutOfOrdernessMs);
      return [{ type, fromDue, pastWatermark: waits ? percentilesOf(past) : undefined }];
    });
  }
}
