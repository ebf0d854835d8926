import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sampleImport } from './sample-import';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { Workspace } from './workspace';

const ROWS = `SELECT '00' || i AS impression_id, TIMESTAMP '2026-11-20 10:00:00' + to_milliseconds(1500 * (3 - i)) AS event_time, i AS user_id,
  'c' AS campaign_id, 'a' AS ad_id, 'p' AS publisher_id, (i * 10)::DECIMAL(9, 2) AS cost_micros FROM range(3) t(i)`;

/** @returns bytes of a file that DuckDB writes */
async function written(options: string): Promise<Buffer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a file '));
  try {
    const file = path.join(folder, 'file');
    await Workspace.use({ within: folder, memoryMegabytes: 500, timeZone: 'UTC' }, (workspace) =>
      workspace.run(`COPY (${ROWS}) TO ${sqlLiteral(file)} (${options})`),
    );
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each([
  'FORMAT parquet',
  'FORMAT parquet, COMPRESSION zstd',
  'FORMAT csv, COMPRESSION zstd',
  'FORMAT json, COMPRESSION zstd',
])('reads a file of %s, whatever its name', async (options) => {
  const { impressions, notImported } = await sampleImport({
    mapping: 'contract',
    files: { a: await written(options) },
  });
  const common = { campaign_id: 'c', ad_id: 'a', publisher_id: 'p' };
  expect(impressions).toEqual([
    { impression_id: '002', event_time: '2026-11-20T10:00:01.500Z', user_id: '2', ...common, cost_micros: 20 },
    { impression_id: '001', event_time: '2026-11-20T10:00:03.000Z', user_id: '1', ...common, cost_micros: 10 },
    { impression_id: '000', event_time: '2026-11-20T10:00:04.500Z', user_id: '0', ...common, cost_micros: 0 },
  ]);
  expect(notImported).toEqual([]);
});
