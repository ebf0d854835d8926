import type { RecordType } from '@ad-analytics/event-schemas';
import { type Column, ENVELOPE_COLUMNS, grain, payloadColumns } from '@ad-analytics/archive-table';
import { redshiftType, WITHOUT_COLUMN } from './redshift-type';

const GENERATED = 'Generated: npx nx run infra:generate';
const LINE_LENGTH = 120;

/** A column, and its path in a record. */
interface PlacedColumn extends Column {
  readonly path: string;
}

/** @returns the columns of a type's views: the envelope, then the payload without names that the envelope already has */
function columnsOf(recordType: RecordType): PlacedColumn[] {
  const envelope = ENVELOPE_COLUMNS.map((column) => ({ ...column, path: `record.${column.name}` }));
  const taken = new Set([...envelope.map(({ name }) => name), ...WITHOUT_COLUMN]);
  const payload = payloadColumns(recordType)
    .filter(({ name }) => !taken.has(name))
    .map((column) => ({ ...column, path: `record.${recordType}.${column.name}` }));
  return [...envelope, ...payload];
}

/** @returns the comment, wrapped to lines */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '--';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = '--';
    }
    line = `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const list = (columns: readonly string[]) => columns.map((column) => `  ${column}`).join(',\n');

/**
 * @param recordType whose deliveries
 * @returns the statement that makes its materialized view, the text of `sql/redshift/deliveries/<recordType>_delivery.sql`
 */
export function deliveryView(recordType: RecordType): string {
  const select = columnsOf(recordType).map((column) => {
    const type = redshiftType(column);
    return type === 'SUPER' ? `${column.path} AS ${column.name}` : `${column.path}::${type} AS ${column.name}`;
  });
  return `${comment(`Deliveries of ${recordType}. ${grain(recordType)}`)}
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. ${GENERATED}
CREATE MATERIALIZED VIEW ad_analytics.${recordType}_delivery
DISTSTYLE KEY
DISTKEY (record_id)
SORTKEY (event_time)
AUTO REFRESH YES
AS
SELECT
  approximate_arrival_timestamp,
${list(select)}
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = '${recordType}';
`;
}

/**
 * @param recordType whose results
 * @returns the statement that makes the view of them, each once, the text of `sql/redshift/views/<recordType>.sql`
 */
export function resultView(recordType: RecordType): string {
  const columns = columnsOf(recordType);
  const names = columns.map(({ name }) => name);
  const select = columns.map(({ name, isTime }) => (isTime ? `${name}::TIMESTAMPTZ AS ${name}` : name));
  return `${comment(grain(recordType))}
-- Each result once, regardless of repeated deliveries; times have a time type. ${GENERATED}
CREATE OR REPLACE VIEW ad_analytics.${recordType} AS
SELECT
${list(select)}
FROM (
  SELECT
${names.map((name) => `    ${name},`).join('\n')}
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.${recordType}_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
`;
}
