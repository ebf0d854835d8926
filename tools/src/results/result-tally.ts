/** A result record as far as the tools look into it. */
export interface ResultRecord {
  readonly record_type: string;
  readonly record_id: string;
  readonly [payload: string]: unknown;
}

/** Events of one input stream, by what became of them. */
export interface StreamOutcome {
  readonly rejected: number;
  readonly late: number;
  readonly accepted: number;
}

/** What is in a set of results after upserting by record_id. */
export interface TallySummary {
  /** Records read, repeats included. */
  readonly records: number;
  /** Records whose record_id had been seen before: written again after a restart. */
  readonly repeated: number;
  /** Distinct record_ids by record_type. */
  readonly byType: Readonly<Record<string, number>>;
  readonly impression: StreamOutcome;
  readonly click: StreamOutcome;
}

type Source = 'impression' | 'click';

/** @returns the fields under the key named after the type */
function payloadOf(record: ResultRecord): Record<string, unknown> {
  const payload = record[record.record_type];
  return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {};
}

/**
 * @param data bytes of a record of the result stream
 * @returns the record, or undefined when it is not one
 */
export function parseResult(data: Uint8Array): ResultRecord | undefined {
  try {
    const value = JSON.parse(Buffer.from(data).toString('utf8')) as Partial<ResultRecord> | null;
    return typeof value?.record_type === 'string' && typeof value.record_id === 'string'
      ? (value as ResultRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Counts results as a consumer sees them that upserts by record_id. Holds the ids, not the records. */
export class ResultTally {
  private records = 0;
  private readonly ids = new Map<string, Set<string>>();
  private readonly rejected = { impression: 0, click: 0 };
  private readonly late = { impression: 0, click: 0 };
  /** Impressions by record_id of campaign_metrics of the campaign dimension: the latest value counts. */
  private readonly campaignImpressions = new Map<string, number>();

  /** @returns whether its record_id is new */
  add(record: ResultRecord): boolean {
    this.records += 1;
    const type = record.record_type;
    let seen = this.ids.get(type);
    if (seen === undefined) this.ids.set(type, (seen = new Set()));
    const isNew = !seen.has(record.record_id);
    seen.add(record.record_id);
    const payload = payloadOf(record);
    if (type === 'campaign_metrics' && payload['dimension'] === 'campaign') {
      this.campaignImpressions.set(record.record_id, Number(payload['impressions']));
    }
    if (isNew && type === 'rejected_event') this.rejected[payload['source'] as Source] += 1;
    if (isNew && type === 'late_event') this.late[payload['source'] as Source] += 1;
    return isNew;
  }

  summary(): TallySummary {
    const count = (type: string) => this.ids.get(type)?.size ?? 0;
    const byType = Object.fromEntries([...this.ids].map(([type, ids]): [string, number] => [type, ids.size]).sort());
    const distinct = Object.values(byType).reduce((sum, n) => sum + n, 0);
    const impressions = [...this.campaignImpressions.values()].reduce((sum, n) => sum + n, 0);
    return {
      records: this.records,
      repeated: this.records - distinct,
      byType,
      impression: { rejected: this.rejected.impression, late: this.late.impression, accepted: impressions },
      click: {
        rejected: this.rejected.click,
        late: this.late.click,
        accepted: count('attributed_click') + count('unattributed_click'),
      },
    };
  }
}
