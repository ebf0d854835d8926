import type { Source } from '@ad-analytics/event-schemas';
import { type RowCounts, type ReasonCount, EXAMPLE_CHARACTERS } from '../row-counts';
import { KINDS } from '../event-rows';
import { REASON_SEPARATOR } from '../row-validation';
import { HOUR_MS } from '../time-span';
import type { RecordCounter } from './record-reader';
import type { LineFile } from './line-file';

/** Counts the rows, and writes those that are not events. */
export class RowCounter implements RecordCounter {
  private readonly hours = KINDS.map(() => new Map<number, number>());
  private readonly current = KINDS.map(() => ({ hour: -1, events: 0 }));
  private readonly reasons = new Map<string, ReasonCount>();
  private twice = 0;
  private sameTime = 0;
  private refusedRows = 0;

  /** @param notImported the file of the rows that are not events */
  constructor(private readonly notImported: LineFile) {}

  event(stream: number, time: number): void {
    const hour = Math.floor(time / HOUR_MS);
    const current = this.current[stream] as { hour: number; events: number };
    if (hour !== current.hour) {
      this.addHour(stream);
      current.hour = hour;
    }
    current.events += 1;
  }

  both(sameTime: boolean): void {
    this.twice += 1;
    if (sameTime) this.sameTime += 1;
  }

  refused(reason: string, row: string): void {
    this.refusedRows += 1;
    const line = Buffer.from(
      `{"reason":${JSON.stringify(reason)},"row":${row},"line":null,"line_number":null,"source_file":null}`,
    );
    this.notImported.add(line, 0, line.length);
    for (const one of reason.split(REASON_SEPARATOR)) {
      const known = this.reasons.get(one);
      const example = known?.example ?? [...row.slice(0, 2 * EXAMPLE_CHARACTERS)].slice(0, EXAMPLE_CHARACTERS).join('');
      this.reasons.set(one, { reason: one, rows: (known?.rows ?? 0) + 1, example });
    }
  }

  /** @returns what was counted */
  counts(): RowCounts {
    const [impression = [], click = []] = KINDS.map((_kind, stream) => this.hourCounts(stream));
    const hours = { impression, click };
    const events = (kind: Source) => hours[kind].reduce((sum, { events: count }) => sum + count, 0);
    return {
      impressions: events('impression'),
      clicks: events('click'),
      refused: this.refusedRows,
      both: this.twice,
      derived: 0,
      clicksAtImpression: this.sameTime,
      reasons: [...this.reasons.values()],
      hours,
    };
  }

  private addHour(stream: number): void {
    const current = this.current[stream] as { hour: number; events: number };
    const hours = this.hours[stream] as Map<number, number>;
    if (current.events > 0) hours.set(current.hour, (hours.get(current.hour) ?? 0) + current.events);
    current.events = 0;
  }

  private hourCounts(stream: number) {
    this.addHour(stream);
    const hours = [...(this.hours[stream] as Map<number, number>)].map(([hour, events]) => ({ hour, events }));
    return hours.sort((a, b) => a.hour - b.hour);
  }
}
