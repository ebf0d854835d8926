import type { Emission, TrafficStream } from './delivery';
import type { Anomaly, Label } from './label';
import { RecentEntries } from './recent-entries';

/** The expected counts of a stream: records = rejected + late + duplicates + accepted. */
export interface StreamTotals {
  readonly records: number;
  readonly rejected: number;
  readonly late: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** The expected counts of a run. */
export interface ExpectedTotals {
  readonly impressions: StreamTotals;
  readonly clicks: StreamTotals;
  /** Accepted clicks with an accepted impression at most one attribution window before. */
  readonly attributed: number;
  readonly unattributed: number;
  readonly byAnomaly: Readonly<Record<Anomaly, number>>;
}

type Count = { -readonly [Key in keyof StreamTotals]: StreamTotals[Key] };

function zero(): Count {
  return { records: 0, rejected: 0, late: 0, duplicates: 0, accepted: 0 };
}

/**
 * Computes the expected counts from the labels of the records that were sent. It uses only the labels. If a shard was idle for longer than
 * the idle timeout, further events may be late (see the contract).
 */
export class GroundTruth {
  private readonly streams: Record<TrafficStream, Count> = { impressions: zero(), clicks: zero() };
  private readonly anomalies: Record<Anomaly, number> = {
    none: 0,
    late: 0,
    out_of_order: 0,
    duplicate: 0,
    malformed: 0,
    orphan: 0,
  };
  /** Event times, by id, of the impressions that can still have clicks. */
  private readonly impressions = new RecentEntries<number>();
  /** Event times, by id of their impression, of the clicks that arrived before it, or have none. */
  private readonly waiting = new RecentEntries<number[]>();
  private attributed = 0;
  private readonly windowMs: number;
  private readonly keptMs: number;

  /** @param options `attributionWindowSeconds` (600), `maxOutOfOrdernessSeconds` (5) and `maxFutureSeconds` (60), as the job is set */
  constructor(
    options: { attributionWindowSeconds?: number; maxOutOfOrdernessSeconds?: number; maxFutureSeconds?: number } = {},
  ) {
    this.windowMs = (options.attributionWindowSeconds ?? 600) * 1_000;
    // Twice the bound: an impression and its click may each be delayed by the bound. A clock that is ahead adds to it.
    this.keptMs =
      this.windowMs + (2 * (options.maxOutOfOrdernessSeconds ?? 5) + (options.maxFutureSeconds ?? 60)) * 1_000;
  }

  /** @param emission that was sent */
  add({ stream, label }: Pick<Emission, 'stream' | 'label'>): void {
    const count = this.streams[stream];
    count.records += 1;
    this.anomalies[label.anomaly] += 1;
    if (label.anomaly === 'malformed') count.rejected += 1;
    else if (label.anomaly === 'late') count.late += 1;
    else if (label.anomaly === 'duplicate') count.duplicates += 1;
    else {
      count.accepted += 1;
      this.join(label);
    }
  }

  /** @returns the totals so far */
  totals(): ExpectedTotals {
    return {
      impressions: { ...this.streams.impressions },
      clicks: { ...this.streams.clicks },
      attributed: this.attributed,
      unattributed: this.streams.clicks.accepted - this.attributed,
      byAnomaly: { ...this.anomalies },
    };
  }

  private join(label: Label): void {
    const time = Date.parse(label.event_time);
    if (label.clicked_impression_id === null) {
      this.impressions.set(label.event_id, time, time);
      for (const click of this.waiting.get(label.event_id) ?? []) this.attribute(time, click);
      this.waiting.delete(label.event_id);
      // Later events cannot refer to these, and the memory of an endless run is bounded.
      this.impressions.forgetBefore(time - this.keptMs);
      this.waiting.forgetBefore(time - this.keptMs);
      return;
    }
    const impression = this.impressions.get(label.clicked_impression_id);
    if (impression !== undefined) this.attribute(impression, time);
    else {
      const clicks = this.waiting.get(label.clicked_impression_id);
      if (clicks) clicks.push(time);
      else this.waiting.set(label.clicked_impression_id, time, [time]);
    }
  }

  private attribute(impression: number, click: number): void {
    if (click >= impression && click <= impression + this.windowMs) this.attributed += 1;
  }
}
