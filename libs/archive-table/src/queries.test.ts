import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { archiveQueries } from './queries';

describe('archiveQueries', () => {
  it('has the expected queries', () => {
    expect(archiveQueries().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ctr_by_day', 'invalid_spend', 'top_publishers_by_alerts']),
    );
  });

  it.each(archiveQueries())('$name has two parameters for the period, and no other question mark', ({ sql }) => {
    expect(sql.match(/\?/g)).toHaveLength(2);
    expect(sql).toMatch(/event_date BETWEEN \? AND \?/);
  });

  it('rejects a file without a title', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'queries '));
    try {
      writeFileSync(path.join(folder, 'mute.sql'), 'SELECT 1\n');
      expect(() => archiveQueries(folder)).toThrow(/mute\.sql/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
