import type { Workspace } from './workspace';

/**
 * Numbers identical rows, because an id derived from the content is the same for all of them. The numbers go
 * to the table `repeated` (place, occurrence from 2 up). The order of the numbers does not matter, because the rows are identical.
 */
export async function numberRepeatedRows(workspace: Workspace): Promise<void> {
  // Hashes of 8 bytes find the few candidates with little memory. Only the candidates are numbered by their complete ids.
  await workspace.run(`
    CREATE TABLE repeated_hash AS
      SELECT hash(derived_id) AS h FROM event_row WHERE derived_id IS NOT NULL GROUP BY h HAVING count(*) > 1;
    CREATE TABLE repeated AS
      SELECT * FROM (
        SELECT place, row_number() OVER (PARTITION BY impression_t IS NULL, derived_id ORDER BY place) AS occurrence
        FROM event_row WHERE derived_id IS NOT NULL AND hash(derived_id) IN (FROM repeated_hash)
      ) WHERE occurrence > 1;
    DROP TABLE repeated_hash`);
}
