import path from 'node:path';
import { type RecordType, RECORD_TYPES } from '@ad-analytics/event-schemas';
import { archiveQueries } from '@ad-analytics/archive-table';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { ResultTally } from '@ad-analytics/result-records/result-tally';
import { fileResults } from '@ad-analytics/verify/file-input';
import { ArchiveReader, type Row } from './archive-reader';
import { ArchiveWriter } from './archive-writer';
import { ALL_DAYS } from './period';

const sum = (rows: readonly Row[], column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
const sqlOf = (name: string) => archiveQueries().find((query) => query.name === name)?.sql ?? '';

/**
 * Archives the results of a run, each delivered twice, and compares the views and the saved queries with the results.
 * @param results the run's results, JSONL
 * @param folder for the archive
 */
export async function checkArchive(results: string, folder: string, checks: CheckList): Promise<void> {
  const tally = new ResultTally();
  const archived = await ArchiveWriter.use(path.join(folder, 'archive'), async (writer) => {
    for await (const data of fileResults([results]).records()) {
      const parsed = parseResult(data);
      if ('record' in parsed) tally.add(parsed.record);
      await writer.add(data);
      await writer.add(data);
    }
  });
  checks.equal('archive: every result fits the tables', archived.malformed, 0);
  const { byType, windows, late, rejected } = tally.summary();
  await ArchiveReader.use(path.join(folder, 'archive'), async (reader) => {
    const counts: Partial<Record<RecordType, number>> = {};
    for (const type of RECORD_TYPES) {
      const [row] = await reader.anyRows(`SELECT COUNT(*) AS n FROM ${type}`);
      if (Number(row?.['n']) > 0) counts[type] = Number(row?.['n']);
    }
    const sorted = (of: object) => Object.fromEntries(Object.entries(of).sort());
    checks.equal(
      'archive: the views contain each result once, although all were delivered twice',
      sorted(counts),
      sorted(byType),
    );
    const days = await reader.rows(sqlOf('ctr_by_day'), ALL_DAYS);
    checks.equal(
      'archive: ctr_by_day has the impressions and clicks of the windows',
      { impressions: sum(days, 'impressions'), clicks: sum(days, 'clicks') },
      windows.campaign,
    );
    const aside = await reader.rows(sqlOf('set_aside_by_day'), ALL_DAYS);
    for (const source of ['impression', 'click'] as const) {
      const rows = aside.filter((row) => row['source'] === source);
      checks.equal(
        `archive: set_aside_by_day has the late and rejected ${source}s`,
        { late: sum(rows, 'late'), rejected: sum(rows, 'rejected') },
        { late: late[source], rejected: rejected[source] },
      );
    }
    for (const { name, sql } of archiveQueries())
      await reader
        .rows(sql, ALL_DAYS)
        .catch((error: unknown) => checks.holds(`archive: ${name} can be run`, false, String(error)));
  });
}
