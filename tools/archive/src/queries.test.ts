import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { archiveQueries, QUERIES_FOLDER } from '@ad-analytics/archive-table';
import { ArchiveReader, type Row } from './archive-reader';
import { ArchiveWriter } from './archive-writer';
import { type GivenResult, givenResults } from './given-results';

/** The cases next to each query: delivered results, and the expected rows, computed by hand. */
interface QueryCase {
  readonly name: string;
  /** First and last day. */
  readonly period: readonly [string, string];
  readonly given: readonly GivenResult[];
  readonly expected: readonly Row[];
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'an archive '))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function casesOf(query: string): QueryCase[] {
  const file = path.join(QUERIES_FOLDER, `${query}.cases.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: QueryCase[] }).cases;
}

describe.each(archiveQueries())('$name', ({ name, sql }) => {
  it.each(casesOf(name))('$name', async ({ period: [first, last], given, expected }) => {
    await ArchiveWriter.use(folder, async (writer) => {
      for (const record of given.flatMap(givenResults)) await writer.add(Buffer.from(JSON.stringify(record)));
    });
    const rows = await ArchiveReader.use(folder, (reader) => reader.rows(sql, { first, last }));
    expect(rows).toEqual(expected);
  });
});
