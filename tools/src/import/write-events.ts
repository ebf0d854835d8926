import path from 'node:path';
import type { Source } from '@ad-analytics/event-schemas';
import { FIELDS, hasField } from './contract-columns';
import { sqlText } from './sql-text';
import type { Workspace } from './workspace';

/** Where the import writes; beside each file while it is written, the same name with .part. */
export const OUTPUT_FILES = {
  impression: 'impressions.jsonl',
  click: 'clicks.jsonl',
  notImported: 'not-imported.jsonl',
} as const;

type OutputFile = keyof typeof OUTPUT_FILES;

/** @returns the path of an output file while it is written */
export function partFile(folder: string, file: OutputFile): string {
  return path.join(folder, `${OUTPUT_FILES[file]}.part`);
}

const copy = (query: string, file: string) => `COPY (${query}) TO ${sqlText(file)} (FORMAT json)`;

/** @returns the fields of a kind of event that are required, or have a value in some event; in the order of the contract */
async function givenFields(workspace: Workspace, kind: Source): Promise<string[]> {
  const fields = [...FIELDS].filter(([field]) => hasField(kind, field));
  const optional = fields.filter(([, { required }]) => !required).map(([field]) => field);
  const [counts = {}] = await workspace.rows(
    `SELECT ${optional.map((field) => `count(${field}) AS ${field}`).join(', ')} FROM mapped_row WHERE is_${kind} AND reason IS NULL`,
  );
  return fields.filter(([field, { required }]) => required || Number(counts[field]) > 0).map(([field]) => field);
}

/**
 * Writes the valid events of a kind, by time; events of one time stay in the order of the files.
 * @param onProgress is told the share that is done, from 0 to 1
 */
export async function writeEvents(
  workspace: Workspace,
  kind: Source,
  folder: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const fields = await givenFields(workspace, kind);
  const time = kind === 'click' ? 'coalesce(click_t, t)' : 't';
  const occurrence = "CASE WHEN occurrence IS NULL THEN '' ELSE '-' || occurrence END";
  const values: Readonly<Record<string, string>> = {
    // The id of a click that has none is that of its impression where one row stands for both, and its own otherwise.
    impression_id: `CASE WHEN is_impression THEN impression_id || ${occurrence} ELSE impression_id END`,
    click_id: `CASE WHEN is_impression THEN coalesce(click_id, impression_id || ${occurrence}) ELSE click_id || ${occurrence} END`,
    event_time: "strftime(epoch_ms(event_ms), '%Y-%m-%dT%H:%M:%S.%gZ')",
  };
  const list = fields.map((field) => `${values[field] ?? field} AS ${field}`).join(', ');
  const columns = [...new Set(['is_impression', 'impression_id', ...fields.filter((field) => field !== 'event_time')])];
  await workspace.run(
    copy(
      `SELECT ${list} FROM (
        SELECT ${columns.join(', ')}, ${time} AS event_ms, occurrence
        FROM (SELECT *, rowid AS row FROM mapped_row WHERE is_${kind} AND reason IS NULL) LEFT JOIN repeated USING (row)
        ORDER BY event_ms, row)`,
      partFile(folder, kind),
    ),
    onProgress,
  );
}

/** Writes each row that became no event, with its reason; the table `unread_row` has those that could not be read as rows. */
export async function writeNotImported(workspace: Workspace, folder: string): Promise<void> {
  await workspace.run(
    copy(
      `SELECT reason, source_row::JSON AS row, NULL AS line, NULL AS line_number, NULL AS source_file FROM mapped_row WHERE reason IS NOT NULL
       UNION ALL SELECT reason, NULL, line, line_number, source_file FROM unread_row`,
      partFile(folder, 'notImported'),
    ),
  );
}
