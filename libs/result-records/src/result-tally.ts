import {
  DIMENSIONS,
  type Dimension,
  type RecordType,
  type ResultRecord,
  type Source,
} from '@ad-analytics/event-schemas';

/** A figure for each input stream. */
export type BySource = Readonly<Record<Source, number>>;

/** Events that campaign_metrics counts, summed over all windows and keys of a dimension. */
export interface WindowTotal {
  readonly impressions: number;
  readonly clicks: number;
}

/** Counts of a set of results after upserts by record_id. */
export interface TallySummary {
  /** Records read, including repeated ones. */
  readonly records: number;
  /** Records with a known record_id: written again after a restart. */
  readonly repeated: number;
  /** Distinct record_ids by record_type. */
  readonly byType: Readonly<Partial<Record<RecordType, number>>>;
  readonly rejected: BySource;
  readonly late: BySource;
  /** By dimension of campaign_metrics. */
  readonly windows: Readonly<Record<Dimension, WindowTotal>>;
}

/** Counts results like a consumer that upserts by record_id. Keeps only the ids in memory, not the records. */
export class ResultTally {
  private records = 0;
  private readonly ids = new Map<RecordType, Set<string>>();
  private readonly rejected = { impression: 0, click: 0 };
  private readonly late = { impression: 0, click: 0 };
  /** By dimension, then by record_id: the latest value of a window counts. */
  private readonly windows = new Map<Dimension, Map<string, WindowTotal>>();

  /** @returns whether its record_id is new */
  add(record: ResultRecord): boolean {
    this.records += 1;
    let seen = this.ids.get(record.record_type);
    if (seen === undefined) this.ids.set(record.record_type, (seen = new Set()));
    const isNew = !seen.has(record.record_id);
    seen.add(record.record_id);
    if (record.record_type === 'campaign_metrics') {
      const { dimension, impressions, clicks } = record.campaign_metrics;
      let totals = this.windows.get(dimension);
      if (totals === undefined) this.windows.set(dimension, (totals = new Map()));
      totals.set(record.record_id, { impressions, clicks });
    }
    if (isNew && record.record_type === 'rejected_event') this.rejected[record.rejected_event.source] += 1;
    if (isNew && record.record_type === 'late_event') this.late[record.late_event.source] += 1;
    return isNew;
  }

  summary(): TallySummary {
    const byType = Object.fromEntries([...this.ids].map(([type, ids]): [string, number] => [type, ids.size]).sort());
    const distinct = Object.values(byType).reduce((sum, n) => sum + n, 0);
    const total = (dimension: Dimension): WindowTotal => {
      let impressions = 0;
      let clicks = 0;
      for (const window of this.windows.get(dimension)?.values() ?? []) {
        impressions += window.impressions;
        clicks += window.clicks;
      }
      return { impressions, clicks };
    };
    return {
      records: this.records,
      repeated: this.records - distinct,
      byType,
      rejected: { ...this.rejected },
      late: { ...this.late },
      windows: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, total(dimension)])) as Record<
        Dimension,
        WindowTotal
      >,
    };
  }
}
