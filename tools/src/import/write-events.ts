import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Source } from '@ad-analytics/event-schemas';
import { IS_REFUSED, lineOf } from './event-rows';
import { sqlText } from './sql-text';
import { rowGroups, timeRanges } from './time-ranges';
import type { Workspace } from './workspace';

/** Where the import writes; beside each file while it is written, the same name with .part. */
export const OUTPUT_FILES = {
  impression: 'impressions.jsonl',
  click: 'clicks.jsonl',
  notImported: 'not-imported.jsonl',
} as const;

type OutputFile = keyof typeof OUTPUT_FILES;

/** Stays in the processor's cache on its way. */
const BLOCK_BYTES = 256 * 1024;
/** So many blocks go at once; after that, others have their turn: progress, an interrupt. */
const BLOCKS_AT_ONCE = 32;

/** @returns the path of an output file while it is written */
export function partFile(folder: string, file: OutputFile): string {
  return path.join(folder, `${OUTPUT_FILES[file]}.part`);
}

/** Lines as they are: nothing in them is quoted or replaced. */
const AS_LINES = "FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE '', NULLSTR ''";

/**
 * Moves the content of a file to the end of another. Block by block without waiting: a third of the CPU time of asynchronous calls.
 * @param target descriptor of the other file
 */
async function append(from: string, target: number): Promise<void> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  const source = openSync(from, 'r');
  try {
    for (let blocks = 1; ; blocks += 1) {
      const bytes = readSync(source, block, 0, BLOCK_BYTES, null);
      if (bytes === 0) break;
      for (let at = 0; at < bytes;) at += writeSync(target, block, at, bytes - at);
      if (blocks % BLOCKS_AT_ONCE === 0) await setImmediate();
    }
  } finally {
    closeSync(source);
  }
  rmSync(from);
}

/**
 * Writes the valid events of a kind, by time; events of one time stay in the order of the files.
 * @param lineFields of the kind, as in `eventRows`
 * @param onProgress is told the share that is done, from 0 to 1
 */
export async function writeEvents(
  workspace: Workspace,
  kind: Source,
  folder: string,
  lineFields: ReadonlySet<string>,
  onProgress: (share: number) => void,
): Promise<void> {
  const repeated = (await workspace.number('SELECT count(*) FROM repeated')) > 0;
  const numbered = repeated
    ? `CASE WHEN occurrence IS NULL THEN ${kind} ELSE replace(${kind}, derived_id, derived_id || '-' || occurrence) END`
    : kind;
  const line = await lineOf(workspace, kind, numbered, lineFields);
  const join = repeated ? 'LEFT JOIN repeated ON repeated.row = event_row.rowid' : '';
  const ranges = timeRanges(await rowGroups(workspace, kind));
  const target = openSync(partFile(folder, kind), 'w');
  let appended = Promise.resolve();
  try {
    for (const [index, { from, to }] of ranges.entries()) {
      const piece = workspace.scratchFile(`${kind}-${index}`);
      await workspace.run(
        `COPY (SELECT ${line} FROM event_row ${join} WHERE ${kind}_t >= ${from} AND ${kind}_t < ${to}
          ORDER BY ${kind}_t, event_row.rowid) TO ${sqlText(piece)} (${AS_LINES})`,
        (share) => onProgress((index + share) / ranges.length),
      );
      // While DuckDB makes the next piece, this one is appended.
      await appended;
      appended = append(piece, target);
      // A failure is thrown where it is waited for, not as unhandled before that.
      appended.catch(() => undefined);
    }
  } finally {
    await appended.finally(() => closeSync(target));
  }
}

/** Writes each row that became no event, with its reason; the table `unread_row` has those that could not be read as rows. */
export async function writeNotImported(workspace: Workspace, folder: string): Promise<void> {
  await workspace.run(
    `COPY (SELECT aside->>'$.reason' AS reason, aside->'$.row' AS row, NULL AS line, NULL AS line_number, NULL AS source_file FROM event_row
       WHERE ${IS_REFUSED}
       UNION ALL SELECT reason, NULL, line, line_number, source_file FROM unread_row) TO ${sqlText(partFile(folder, 'notImported'))} (FORMAT json)`,
  );
}
