import { type ResultRecord } from '@ad-analytics/event-schemas';
import { recordLines } from '@ad-analytics/recorded-traffic';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { type Findings, type WindowFigures, sorted } from './expectations';

/** What is in a file of results. */
export interface FileFindings extends Findings {
  /** record_ids that occur with more than one content. */
  readonly contradictions: readonly string[];
  readonly recordTypes: readonly string[];
}

/**
 * Reads a file of results as a consumer does that upserts by record_id.
 * @param file JSONL
 * @throws Error for a line that is not a result of the contract
 */
export async function findingsIn(file: string): Promise<FileFindings> {
  const latest = new Map<string, { record: ResultRecord; line: string }>();
  const contradictions = new Set<string>();
  for await (const bytes of recordLines(file)) {
    const parsed = parseResult(bytes);
    if ('problem' in parsed) throw new Error(`${file} contains a line that is not a result: ${parsed.problem}`);
    const line = bytes.toString('utf8');
    const id = parsed.record.record_id;
    if (latest.has(id) && latest.get(id)?.line !== line) contradictions.add(id);
    latest.set(id, { record: parsed.record, line });
  }
  const attributed: string[] = [];
  const unattributed: string[] = [];
  const lateIds: string[] = [];
  const rejectedData: string[] = [];
  const windows = new Map<string, WindowFigures>();
  const recordTypes = new Set<string>();
  for (const { record } of latest.values()) {
    recordTypes.add(record.record_type);
    switch (record.record_type) {
      case 'attributed_click':
        attributed.push(record.attributed_click.click_id);
        break;
      case 'unattributed_click':
        unattributed.push(record.unattributed_click.click_id);
        break;
      case 'late_event':
        lateIds.push(record.late_event.event_id);
        break;
      case 'rejected_event':
        rejectedData.push(record.rejected_event.raw ?? '');
        break;
      case 'campaign_metrics': {
        const { dimension, key, window_start: start, impressions, clicks } = record.campaign_metrics;
        if (dimension === 'campaign') windows.set(`${start}|${key}`, { impressions, clicks });
        break;
      }
    }
  }
  return {
    attributed: attributed.sort(),
    unattributed: unattributed.sort(),
    lateIds: lateIds.sort(),
    rejectedData: rejectedData.sort(),
    windows: sorted(windows),
    contradictions: [...contradictions].sort(),
    recordTypes: [...recordTypes].sort(),
  };
}
