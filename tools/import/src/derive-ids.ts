import type { Workspace } from './workspace';

/**
 * Numbers the rows that are alike: an id that is derived from the content of a row is the same for all of them. The numbers go
 * to the table `repeated` (place, occurrence from 2 up). Which of the rows has which number makes no difference, as they are alike.
 */
export async function numberRepeatedRows(workspace: Workspace): Promise<void> {
  // Hashes of 8 bytes find the few candidates in little memory; only they are numbered by their whole ids.
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
