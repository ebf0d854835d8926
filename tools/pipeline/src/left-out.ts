import { SOURCES, type Source } from '@ad-analytics/event-schemas';
import { isBlank, recordLines } from '@ad-analytics/recorded-traffic';
import { grouped } from '@ad-analytics/command-line/progress';
import type { Ledger } from '@ad-analytics/result-records/ledger';
import { parseResult } from '@ad-analytics/result-records/parse-result';

/** A smaller share of the records is not explained. */
const NOTEWORTHY = 0.01;
const REASONS_SHOWN = 3;
/** Maximum number of distinct reasons; further ones are not counted separately. */
const REASONS_KEPT = 1_000;
const SHOWN_CHARACTERS = 160;

/** Records of one kind with the same reason. */
interface Reason {
  count: number;
  /** Reason and content of the first record. */
  readonly reason: string;
  readonly record: string;
}

type Reasons = Record<Source, Map<string, Reason>>;

/** Displayed if the result does not contain the record. */
const WITHHELD = '(the job withholds rejected records)';

/** Texts for the outcomes of records that were left out. */
const WHAT_TO_DO = {
  rejected:
    'Correct the named field, or convert the log with npm run import, which lists each unusable row and the reason.',
  lateInFileOrder: 'Omit --in-file-order: the records are then sent in the order of their event times.',
  late: 'Raise the setting: --config-overrides max.out.of.orderness.seconds=<seconds>.',
  duplicates:
    'The id occurs again within the attribution window. Give each event a unique id; npm run import creates ids for logs without them.',
} as const;

/** @returns the text, cut to a readable length */
const cut = (text: string) => (text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text);

/** @returns the reason without the values of the record, so that similar reasons are equal */
const kindOf = (reason: string) => reason.replace(/'[^']*'|"[^"]*"|-?\d[\d,]*(\.\d+)?/g, '…');

function count(reasons: Map<string, Reason>, reason: string, record: string): void {
  const kind = kindOf(reason);
  const known = reasons.get(kind);
  if (known !== undefined) known.count += 1;
  else if (reasons.size < REASONS_KEPT) reasons.set(kind, { count: 1, reason, record });
}

/** @returns why records were rejected or late, from the results of a run */
async function reasonsIn(resultsFile: string): Promise<{ rejected: Reasons; late: Reasons }> {
  const none = (): Reasons => ({ impression: new Map(), click: new Map() });
  const [rejected, late] = [none(), none()];
  const seen = new Set<string>();
  for await (const line of recordLines(resultsFile)) {
    const parsed = isBlank(line) ? undefined : parseResult(line);
    if (parsed === undefined || !('record' in parsed)) continue;
    const { record } = parsed;
    if (record.record_type !== 'rejected_event' && record.record_type !== 'late_event') continue;
    if (seen.has(record.record_id)) continue;
    seen.add(record.record_id);
    if (record.record_type === 'rejected_event') {
      const { source, reason, raw } = record.rejected_event;
      count(rejected[source], reason, raw === null ? WITHHELD : Buffer.from(raw, 'base64').toString('utf8'));
    } else {
      const { source, event_id, event_time, lateness_ms } = record.late_event;
      count(
        late[source],
        `${grouped(lateness_ms)} ms behind an earlier record of its shard`,
        `${event_id}, ${event_time}`,
      );
    }
  }
  return { rejected, late };
}

/** @returns the most frequent reasons with an example each */
function reasonLines(reasons: ReadonlyMap<string, Reason>): string[] {
  const frequent = [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, REASONS_SHOWN);
  return frequent.flatMap(({ count, reason, record }) => [
    `  ${grouped(count)} x, for example: ${cut(reason)}`,
    // Control characters of a record must not reach the terminal.
    `    ${cut(JSON.stringify(record).slice(1, -1).replaceAll('\\"', '"'))}`,
  ]);
}

/**
 * Explains which records were left out of the analytics, if they are more than one percent of the records.
 * @param ledger of a run
 * @param resultsFile its results, JSONL
 * @param inFileOrder whether the records were sent in the order of the files
 * @returns lines to print; empty if few records were left out
 */
export async function leftOutLines(ledger: Ledger, resultsFile: string, inFileOrder: boolean): Promise<string[]> {
  const isNoteworthy = (part: number, of: number) => part > NOTEWORTHY * of;
  const noteworthy = SOURCES.some((source) => {
    const { read, rejected, late, duplicates } = ledger[source];
    return [rejected, late, duplicates].some((part) => isNoteworthy(part, read));
  });
  if (!noteworthy) return [];
  const reasons = await reasonsIn(resultsFile);
  return SOURCES.flatMap((source) => {
    const { read, rejected, late, duplicates } = ledger[source];
    const lines = (part: number, what: string, why: string[], toDo: string) =>
      isNoteworthy(part, read)
        ? [
            `${((100 * part) / read).toFixed(1)} % of the ${source}s were ${what} (${grouped(part)} of ${grouped(read)}):`,
            ...why,
            `  What to do: ${toDo}`,
          ]
        : [];
    return [
      ...lines(rejected, 'rejected', reasonLines(reasons.rejected[source]), WHAT_TO_DO.rejected),
      ...lines(
        late,
        'late',
        reasonLines(reasons.late[source]),
        inFileOrder ? WHAT_TO_DO.lateInFileOrder : WHAT_TO_DO.late,
      ),
      ...lines(duplicates, 'duplicates', [], WHAT_TO_DO.duplicates),
    ];
  });
}
