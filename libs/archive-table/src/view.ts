import type { RecordType } from '@ad-analytics/event-schemas';
import { TRINO_TYPES } from './column-type';
import { ENVELOPE_COLUMNS, grain, PARTITION_COLUMNS, viewColumns } from './columns';
import { TABLE_NAME } from './glue-table';

/** The date's column. */
const [, { name: EVENT_DATE }] = PARTITION_COLUMNS;

/**
 * A type's view: each of its results once. Firehose and the job deliver at least once; a repeated result has the same `record_id` and the
 * same partition. Of two schema versions, the newer one is used. The window function also partitions by `event_date`, because an engine
 * applies a condition on the date to the folders only if it is one of the partition columns.
 * @returns the view's query, the text of `sql/views/<recordType>.sql`; the same for Athena and DuckDB
 */
export function viewQuery(recordType: RecordType): string {
  const envelope = [...ENVELOPE_COLUMNS.map(({ name }) => name), EVENT_DATE];
  const payload = viewColumns(recordType)
    .map(({ name }) => name)
    .filter((name) => !envelope.includes(name));
  const lines = [
    ...wrapped(`-- ${grain(recordType)}`),
    `-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate`,
    'SELECT',
    [...envelope, ...payload.map((name) => `payload.${name} AS ${name}`)].map((column) => `  ${column}`).join(',\n'),
    'FROM (',
    '  SELECT',
    [...envelope, `${recordType} AS payload`].map((column) => `    ${column},`).join('\n'),
    `    ROW_NUMBER() OVER (PARTITION BY ${EVENT_DATE}, record_id ORDER BY schema_version DESC) AS delivery`,
    `  FROM ${TABLE_NAME}`,
    `  WHERE record_type = '${recordType}'`,
    ') AS deliveries',
    'WHERE delivery = 1',
  ];
  return `${lines.join('\n')}\n`;
}

const LINE_LENGTH = 120;

/** @returns a comment, wrapped to lines of at most LINE_LENGTH characters */
function wrapped(comment: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of comment.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = '--';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A view in the Glue catalogue, in the format of Athena. */
export interface GlueView {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[];
  readonly viewOriginalText: string;
  readonly viewExpandedText: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The same content that CREATE VIEW would store, so that the views can be created without a query. Trino stores the definition as JSON in
 * base64 in the view's text (io.trino.plugin.hive.ViewReaderUtil), and so does Athena.
 * @param recordType whose view
 * @param database of the table and the view
 */
export function glueView(recordType: RecordType, database: string): GlueView {
  const columns = viewColumns(recordType);
  const definition = {
    originalSql: viewQuery(recordType),
    catalog: 'awsdatacatalog',
    schema: database,
    columns: columns.map(({ name, type }) => ({ name, type: TRINO_TYPES[type] })),
  };
  const text = Buffer.from(JSON.stringify(definition)).toString('base64');
  return {
    name: recordType,
    description: grain(recordType),
    columns: columns.map(({ name, type, description }) => ({ name, type, comment: description.slice(0, 255) })),
    viewOriginalText: `/* Presto View: ${text} */`,
    viewExpandedText: '/* Presto View */',
    parameters: { presto_view: 'true', comment: 'Presto View' },
  };
}
