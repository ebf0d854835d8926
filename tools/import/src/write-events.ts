import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Source } from '@ad-analytics/event-schemas';
import { IS_REFUSED, lineOf, usedFields } from './event-rows';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { type TimeRange, rowGroups, timeRanges } from './time-ranges';
import type { Workspace } from './workspace';
import { BLOCK_BYTES, writeAll } from './write-all';

/** Where the import writes; beside each file while it is written, the same name with .part. */
export const OUTPUT_FILES = {
  impression: 'impressions.jsonl',
  click: 'clicks.jsonl',
  notImported: 'not-imported.jsonl',
} as const;

type OutputFile = keyof typeof OUTPUT_FILES;

/** So many blocks go at once; after that, others have their turn: progress, an interrupt. */
const BLOCKS_AT_ONCE = 32;

/** @returns the path of an output file while it is written */
export function partFile(folder: string, file: OutputFile): string {
  return path.join(folder, `${OUTPUT_FILES[file]}.part`);
}

/**
 * Lines as they are: nothing in them is quoted or replaced. FORCE_QUOTE has no quote to write, but without it DuckDB looks at each character
 * of a line whether it needs one, which takes a seventh of the CPU time of the query.
 */
export const AS_LINES = "FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE '', NULLSTR '', FORCE_QUOTE *";

/**
 * Moves the content of a file to the end of another. Block by block without waiting.
 * @param target descriptor of the other file
 * @param path of the other file
 */
async function append(from: string, target: number, path: string): Promise<void> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  const source = openSync(from, 'r');
  try {
    for (let blocks = 1; ; blocks += 1) {
      const bytes = readSync(source, block, 0, BLOCK_BYTES, null);
      if (bytes === 0) break;
      writeAll(target, path, block.subarray(0, bytes));
      if (blocks % BLOCKS_AT_ONCE === 0) await setImmediate();
    }
  } finally {
    closeSync(source);
  }
  rmSync(from);
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
  const repeated = (await workspace.number('SELECT count(*) FROM repeated')) > 0;
  const derived = repeated ? "derived_id || coalesce('-' || occurrence, '')" : 'derived_id';
  const line = lineOf(kind, await usedFields(workspace, kind), derived);
  const join = repeated ? 'LEFT JOIN repeated USING (place)' : '';
  const ranges = timeRanges(await rowGroups(workspace, kind));
  const file = partFile(folder, kind);
  const write = ({ from, to }: TimeRange, target: string, index: number) =>
    // Sorting one text is faster than sorting its fields.
    workspace.run(
      `COPY (SELECT line FROM (SELECT ${kind}_t AS t, place, ${line} AS line FROM event_row ${join} WHERE ${kind}_t >= ${from} AND ${kind}_t < ${to})
        ORDER BY t, place) TO ${sqlLiteral(target)} (${AS_LINES})`,
      (share) => onProgress((index + share) / ranges.length),
    );
  const [first, ...others] = ranges;
  if (first === undefined) writeFileSync(file, '');
  else await write(first, file, 0);
  const target = openSync(file, 'a');
  let appended = Promise.resolve();
  try {
    for (const [index, range] of others.entries()) {
      const piece = workspace.scratchFile(`${kind}-${index}`);
      await write(range, piece, index + 1);
      // While DuckDB makes the next piece, this one is appended.
      await appended;
      appended = append(piece, target, file);
      // A failure is thrown where it is waited for, not as unhandled before that.
      appended.catch(() => undefined);
    }
  } finally {
    await appended.finally(() => closeSync(target));
  }
}

/** Writes each row of `event_row` that is not an event, with its reason. */
export async function writeRefused(workspace: Workspace, folder: string): Promise<void> {
  await workspace.run(
    `COPY (SELECT reason, refused_row::JSON AS row, NULL AS line, NULL AS line_number, NULL AS source_file FROM event_row
       WHERE ${IS_REFUSED}) TO ${sqlLiteral(partFile(folder, 'notImported'))} (FORMAT json)`,
  );
}

/** Adds the table `unread_row` to the rows that are not events: what could not be read as rows. */
export async function addUnread(workspace: Workspace, folder: string): Promise<void> {
  const piece = workspace.scratchFile('unread');
  await workspace.run(
    `COPY (SELECT reason, NULL AS row, line, line_number, source_file FROM unread_row) TO ${sqlLiteral(piece)} (FORMAT json)`,
  );
  const file = partFile(folder, 'notImported');
  const target = openSync(file, 'a');
  try {
    await append(piece, target, file);
  } finally {
    closeSync(target);
  }
}
