import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { ReadOptions } from './mapping-file';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import type { Workspace } from './workspace';

/** The properties of a file that are needed to read it. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  readonly format: 'csv' | 'lines' | 'json' | 'parquet';
  readonly compression: 'none' | 'gzip' | 'zstd';
}

const LOOKED_AT = 4;
/** A delimiter that makes each line one value: a character that no text may contain. */
const NO_DELIMITER = 'chr(1114111)';
/** Even a JSON lines file with errors has a complete object among its first lines. */
const LINES_LOOKED_AT = 50;

function firstBytes(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(LOOKED_AT);
    return buffer.subarray(0, readSync(file, buffer, 0, LOOKED_AT, 0)).toString('latin1');
  } finally {
    closeSync(file);
  }
}

/** Compressed formats that DuckDB cannot open, by their first bytes. */
const UNREADABLE: readonly (readonly [string, string])[] = [
  ['BZh', 'packed with bzip2; unpack it first: bunzip2 FILE'],
  ['PK\u0003\u0004', 'a ZIP archive (or a spreadsheet); unpack it, or save it as CSV, first'],
  ['\u00fd7zX', 'packed with xz; unpack it first: unxz FILE'],
  ['7z\u00bc\u00af', 'a 7z archive; unpack it first'],
];

interface LinesOptions {
  readonly encoding?: string;
  /** Whether to return the column source_file as well. */
  readonly file?: boolean;
  /** Name of a table for lines that are not valid in this encoding. Without it, such lines are dropped. */
  readonly rejects?: string;
}

/** @returns the query of the lines of files as texts; NULL for an empty one */
export function linesQuery(paths: readonly string[], compression: string, options: LinesOptions = {}): string {
  const encoding = options.encoding === undefined ? '' : `, encoding=${sqlLiteral(options.encoding)}`;
  const list = paths.map(sqlLiteral).join(', ');
  const rejects =
    options.rejects === undefined
      ? 'ignore_errors=true'
      : `store_rejects=true, rejects_table=${sqlLiteral(options.rejects)}, rejects_scan=${sqlLiteral(`${options.rejects}_scan`)}, rejects_limit=0`;
  return `SELECT line${options.file ? ', source_file' : ''} FROM read_csv([${list}], columns={'line': 'VARCHAR'}, auto_detect=false, header=false,
    delim=${NO_DELIMITER}, quote='', escape='', null_padding=true, ${rejects},
    compression=${sqlLiteral(compression)}${encoding}${options.file ? ", filename='source_file'" : ''})`;
}

/**
 * Detects the format of a file from its beginning.
 * @param options what is known about it; a given format is not detected
 * @throws CommandError (exit code 2) for a missing file or an unsupported format, with what to do next
 */
export async function inputFile(workspace: Workspace, path: string, options: ReadOptions): Promise<InputFile> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new CommandError(`File not found: ${path}.`, 2);
  if (stats.isDirectory()) throw new CommandError(`${path} is a folder; name files, or '${path}/*'.`, 2);
  if (!stats.isFile())
    throw new CommandError(`${path} is not a regular file; the import reads a file more than once.`, 2);
  const start = firstBytes(path);
  for (const [sign, what] of UNREADABLE)
    if (start.startsWith(sign)) throw new CommandError(`${path} is ${what.replace('FILE', path)}.`, 2);
  const bytes = stats.size;
  if (start === 'PAR1') return { path, bytes, format: 'parquet', compression: 'none' };
  const compression = start.startsWith('\u001f\u008b')
    ? 'gzip'
    : start === '\u0028\u00b5\u002f\u00fd'
      ? 'zstd'
      : 'none';
  const given = options.format;
  if (given === 'parquet') throw new CommandError(`${path} is not a Parquet file.`, 2);
  if (given === 'csv') return { path, bytes, format: 'csv', compression };
  const format = await textFormat(workspace, path, compression, options);
  if (given === 'json' && format === 'csv') throw new CommandError(`${path} is not JSON.`, 2);
  return { path, bytes, format, compression };
}

async function textFormat(workspace: Workspace, path: string, compression: string, options: ReadOptions) {
  if (options.delimiter !== undefined || options.columns !== undefined) return 'csv';
  const encoding = options.encoding === undefined ? {} : { encoding: options.encoding };
  const rows = await workspace.rows(
    `SELECT line, json_valid(line) AS valid FROM (${linesQuery([path], compression, encoding)}) WHERE trim(line) <> '' LIMIT ${LINES_LOOKED_AT}`,
  );
  const lines = rows.map((row) => ({ text: String(row['line']).trim(), valid: row['valid'] === true }));
  const first = lines[0]?.text ?? '';
  if (lines.some(({ text, valid }) => valid && text.startsWith('{'))) {
    // In an array with one element per line, each element but the last is followed by a comma.
    return first.startsWith('[') ? 'json' : 'lines';
  }
  return first.startsWith('[') || first.startsWith('{') ? 'json' : 'csv';
}

/**
 * @param patterns files, or patterns such as 'logs/*.csv' that the shell left as they are
 * @returns the files, each once; those of a pattern in the order of their names
 * @throws CommandError (exit code 2) for a pattern that matches no file
 */
export async function matchedFiles(workspace: Workspace, patterns: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (existsSync(pattern) || !/[*?[]/.test(pattern)) files.push(pattern);
    else {
      const found = await workspace.rows(`SELECT file FROM glob(${sqlLiteral(pattern)}) ORDER BY file`);
      if (found.length === 0) throw new CommandError(`No file matches ${pattern}.`, 2);
      files.push(...found.map((row) => String(row['file'])));
    }
  }
  return [...new Set(files)];
}
