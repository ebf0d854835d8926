import { FIELDS } from '../contract-columns';
import { KINDS, type MappingQuery, eventRows, optionalFields } from '../event-rows';
import type { RowCounts } from '../row-counts';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import type { Workspace } from '../workspace';
import { AS_LINES, partFile } from '../write-events';
import { LineFile } from './line-file';
import { makePipe, readPipe } from './named-pipe';
import { RecordReader, UnforeseenRow } from './record-reader';
import { type LineFields, recordsOf } from './records';
import { RowCounter } from './row-counter';
import { NotNearlyByTime, TimeOrder } from './time-order';

/** Number of first rows to sample. The lines contain the fields that have a value in this sample. */
const SAMPLED_ROWS = 20_000;
/** Bytes of lines to buffer: a few hundred thousand events. */
const HELD_BYTES = 128 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/**
 * Reads the first rows of a query.
 * @returns for each kind of event, the optional fields that have a value in at least one event; undefined when ids are derived
 */
async function sampledFields(workspace: Workspace, mapping: MappingQuery): Promise<LineFields | undefined> {
  const query = `SELECT * FROM (${mapping.query}) LIMIT ${SAMPLED_ROWS}`;
  const counts = KINDS.flatMap((kind) =>
    optionalFields(kind).map((field) => `count(${field}) FILTER (${kind}_t IS NOT NULL) AS ${kind}_${field}`),
  );
  const [row = {}] = await workspace.rows(
    `SELECT ${counts.join(', ')}, count(derived_id) AS derived FROM (${eventRows({ ...mapping, query })})`,
  );
  if (Number(row['derived']) > 0) return undefined;
  const found = (kind: 'impression' | 'click') =>
    new Set([...FIELDS.keys()].filter((field) => Number(row[`${kind}_${field}`]) > 0));
  return { impression: found('impression'), click: found('click') };
}

/**
 * Writes the events by time, and the rows that are not events, while DuckDB reads the log. This works for a mapping with one query, if its rows
 * are nearly by time, have ids, and every field with a value has one in the first rows.
 * @param run is given the work, to show its progress
 * @param heldBytes bytes of lines to hold for sorting; with 0 it does not try
 * @returns the counts; undefined if it does not work for this log: then all files must be written again
 */
export async function streamEvents(
  workspace: Workspace,
  [mapping, ...others]: readonly MappingQuery[],
  folder: string,
  run: (work: (onProgress: (share: number) => void) => Promise<void>) => Promise<void>,
  heldBytes = HELD_BYTES,
): Promise<RowCounts | undefined> {
  if (mapping === undefined || others.length > 0 || heldBytes === 0) return undefined;
  const fields = await sampledFields(workspace, mapping);
  const pipe = workspace.scratchFile('records');
  if (fields === undefined || !makePipe(pipe)) return undefined;
  const [files, notImported] = [
    KINDS.map((kind) => new LineFile(partFile(folder, kind))),
    new LineFile(partFile(folder, 'notImported')),
  ];
  const counter = new RowCounter(notImported);
  const order = new TimeOrder(heldBytes, BLOCK_BYTES, (stream, bytes, start, end) =>
    files[stream]?.add(bytes, start, end),
  );
  const reader = new RecordReader(order, counter);
  const copy = `COPY (${recordsOf(mapping, fields)}) TO ${sqlLiteral(pipe)} (${AS_LINES}, USE_TMP_FILE false)`;
  try {
    await run((onProgress) => readPipe(pipe, reader, () => workspace.run(copy, onProgress)));
    reader.finish();
    order.end();
    for (const file of [...files, notImported]) file.flush();
    return counter.counts();
  } catch (error) {
    if (error instanceof UnforeseenRow || error instanceof NotNearlyByTime) return undefined;
    throw error;
  } finally {
    for (const file of [...files, notImported]) file.close();
  }
}
