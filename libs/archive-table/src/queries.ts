import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { QUERIES_FOLDER } from './folders';

/** A query that is saved in Athena for analysts, and can also run on a local archive. */
export interface ArchiveQuery {
  /** Name of its file: `ctr_by_day`. */
  readonly name: string;
  /** Its title: the first line of its comment. */
  readonly title: string;
  readonly sql: string;
}

/**
 * @returns all queries of `sql/queries`, by name. Each takes two parameters: the first and the last day of the period, both
 *   inclusive
 * @throws {Error} with the name of a file without a title
 */
export function archiveQueries(folder: string = QUERIES_FOLDER): ArchiveQuery[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(path.join(folder, file), 'utf8');
      const title = /^-- (.+)\.\n--\n/.exec(sql)?.[1];
      if (title === undefined) throw new Error(`${file} must begin with a comment that says which question it answers`);
      return { name: path.basename(file, '.sql'), title, sql };
    });
}
