import type { RecordType, Source } from '@ad-analytics/event-schemas';
import type { ErasureReport, StoreName } from './erasure-report';
import type { ProgressFile } from './progress-file';
import { type EventIds, eventIdsIn, type StoredResult, type Subject } from './subject';

/** The parts of an erasure. */
export interface ErasureOptions {
  readonly subject: Subject;
  /** False: only count. */
  readonly remove: boolean;
  readonly report: ErasureReport;
  readonly progress: ProgressFile;
  readonly signal: AbortSignal;
  /** Reports the progress. */
  readonly say: (line: string) => void;
}

/** One erasure: whose data, whether to remove it, and the outcome. */
export class Erasure {
  readonly subject: Subject;
  readonly remove: boolean;
  readonly report: ErasureReport;
  readonly progress: ProgressFile;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;

  constructor({ subject, remove, report, progress, signal, say }: ErasureOptions) {
    this.subject = { ...subject, eventIds: union(subject.eventIds, progress.eventIds) };
    this.remove = remove;
    this.report = report;
    this.progress = progress;
    this.signal = signal;
    this.say = say;
  }

  /** Counts a record of the user and keeps its ids. Call this before removing the record. */
  found(store: StoreName, record: StoredResult): void {
    this.report.add(store, record.record_type, { found: 1 });
    for (const [kind, id] of eventIdsIn(record)) this.foundEvent(kind, id);
    if (record.record_type === 'rejected_event') this.progress.noteRejectedId(record.record_id);
  }

  /** Keeps the id of an event of the user. */
  foundEvent(kind: Source, id: string): void {
    this.subject.eventIds[kind].add(id);
    this.progress.noteEventId(kind, id);
  }
}

const union = (one: EventIds, other: EventIds): EventIds => ({
  impression: new Set([...one.impression, ...other.impression]),
  click: new Set([...one.click, ...other.click]),
});

/** A place where results are stored. */
export interface UserStore {
  readonly name: StoreName;
  /**
   * Counts the user's records, and removes them if the erasure is not a count only. After an interruption at any point, call it again to
   * continue.
   * @param types which records
   * @throws {Error} when the store cannot be reached or refuses a request
   */
  erase(types: readonly RecordType[], erasure: Erasure): Promise<void>;
}
