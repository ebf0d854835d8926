import { CommandError } from '@ad-analytics/command-line/errors';
import { type InputFile, linesQuery } from './input-file';
import { type ReadOptions, characterName } from './mapping-file';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { identifier, sqlTexts } from './sql-text';
import type { Workspace } from './workspace';

/** Lines from which the names of the fields are taken; a mapping names those that may come later with @optional. */
const SAMPLED_LINES = 20_000;
const REJECTS = 'unread_row';
/** No limit: every row that cannot be read is kept. */
const ALL_REJECTS = 0;

/** A query for the rows that could not be parsed, with the columns source_file, line_number, reason and line. */
export interface SourceView {
  readonly columns: readonly string[];
  readonly unread: string;
  /** How the first of the tables is written, as lines of a mapping; none for other forms. */
  readonly directives: readonly string[];
}

interface Part {
  readonly query: string;
  readonly directives?: readonly string[];
  readonly unread?: string;
}

const files = (group: readonly InputFile[]) => sqlTexts(group.map(({ path }) => path));

/** @returns groups of files that one reader can read together */
function grouped(inputs: readonly { file: InputFile; key: string }[]): InputFile[][] {
  const groups = new Map<string, InputFile[]>();
  for (const { file, key } of inputs) groups.set(key, [...(groups.get(key) ?? []), file]);
  return [...groups.values()];
}

/** The format of a table, as DuckDB detects it from the beginning or as the options state. */
interface TableForm {
  readonly columns: readonly string[];
  readonly header: boolean;
  readonly parameters: string;
  readonly delimiter: string;
}

async function tableForm(workspace: Workspace, file: InputFile, options: ReadOptions): Promise<TableForm> {
  const { delimiter, quote, comment, skip, encoding } = options;
  const header = options.header ?? (options.columns === undefined ? undefined : false);
  const told = [
    `compression=${sqlLiteral(file.compression)}`,
    ...(delimiter === undefined ? [] : [`delim=${sqlLiteral(delimiter)}`]),
    ...(quote === undefined ? [] : [`quote=${sqlLiteral(quote)}`]),
    ...(comment === undefined ? [] : [`comment=${sqlLiteral(comment)}`]),
    ...(skip === undefined ? [] : [`skip=${skip}`]),
    ...(header === undefined ? [] : [`header=${header}`]),
    ...(encoding === undefined ? [] : [`encoding=${sqlLiteral(encoding)}`]),
  ];
  if (options.columns !== undefined && delimiter !== undefined) {
    return {
      columns: options.columns,
      header: header ?? false,
      delimiter,
      parameters: [...told, ...(quote === undefined ? ["quote='\"'"] : [])].join(', '),
    };
  }
  const [seen] = await workspace.rows(
    `FROM sniff_csv(${sqlLiteral(file.path)}, ignore_errors=true, ${told.join(', ')})`,
  );
  const text = (column: string, empty: string) => {
    const value = String(seen?.[column] ?? '(empty)');
    return value === '(empty)' ? empty : value;
  };
  const found = text('Delimiter', ',');
  const names = (seen?.['Columns'] as readonly { name: string }[] | undefined)?.map(({ name }) => name) ?? [];
  if (options.columns !== undefined && options.columns.length !== names.length) {
    throw new CommandError(
      `${file.path} has ${names.length} columns, and the mapping names ${options.columns.length}. Is it another form of the log, or another delimiter?`,
      2,
    );
  }
  // The first lines may have no quoted value although later lines of a comma-separated file have one.
  const quoted = quote ?? text('Quote', found === '\t' ? '' : '"');
  return {
    columns: options.columns ?? names,
    delimiter: found,
    header: header ?? seen?.['HasHeader'] === true,
    parameters: [
      `compression=${sqlLiteral(file.compression)}, delim=${sqlLiteral(found)}, quote=${sqlLiteral(quoted)}, escape=${sqlLiteral(quoted)}`,
      `comment=${sqlLiteral(comment ?? text('Comment', ''))}, skip=${skip ?? Number(seen?.['SkipRows'] ?? 0)}`,
      ...(encoding === undefined ? [] : [`encoding=${sqlLiteral(encoding)}`]),
    ].join(', '),
  };
}

/** @returns the rows of a table of rejects; each query that reads the file finds the same ones */
function rejectedLines(rejects: string): string {
  return `SELECT file_path AS source_file, line AS line_number, any_value(error_message) AS reason, any_value(csv_line) AS line
    FROM ${rejects} JOIN ${rejects}_scan USING (scan_id, file_id) GROUP BY ALL`;
}

/** Every value is read as text, so an id keeps its leading zeros, and a late row cannot change the type of a column. */
async function tables(workspace: Workspace, inputs: readonly InputFile[], options: ReadOptions): Promise<Part[]> {
  const forms = new Map<InputFile, TableForm>();
  for (const file of inputs) forms.set(file, await tableForm(workspace, file, options));
  const groups = grouped(inputs.map((file) => ({ file, key: JSON.stringify(forms.get(file)) })));
  return groups.map((group, index) => {
    const form = forms.get(group[0] as InputFile) as TableForm;
    const columns = form.columns.map((name) => `${sqlLiteral(name)}: 'VARCHAR'`).join(', ');
    const rejects = `${REJECTS}_${index}`;
    return {
      query: `FROM read_csv(${files(group)}, auto_detect=false, columns={${columns}}, header=${form.header}, ${form.parameters},
        strict_mode=true, store_rejects=true, rejects_table=${sqlLiteral(rejects)}, rejects_scan=${sqlLiteral(`${rejects}_scan`)}, rejects_limit=${ALL_REJECTS},
        filename='source_file')`,
      unread: rejectedLines(rejects),
      directives: [
        `-- @delimiter ${characterName(form.delimiter)}`,
        `-- @header ${form.header ? 'yes' : 'no'}`,
        ...(form.header ? [] : [`-- @columns ${form.columns.join(', ')}`]),
      ],
    };
  });
}

/** @returns the names of the fields, those that differ from an earlier one by case only left out */
function distinctNames(names: readonly string[]): string[] {
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].toReversed();
}

async function jsonLines(
  workspace: Workspace,
  group: readonly InputFile[],
  options: ReadOptions,
  rejects: string,
): Promise<Part> {
  const compression = group[0]?.compression ?? 'none';
  const paths = group.map(({ path }) => path);
  const lines = linesQuery(paths, compression, {
    file: true,
    rejects,
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
  });
  const isObject = "ltrim(line)[1] = '{'";
  const sampled = await workspace.rows(`
    SELECT DISTINCT unnest(json_keys(line)) AS name FROM (SELECT line FROM (${lines}) WHERE ${isObject} LIMIT ${SAMPLED_LINES})
    WHERE json_valid(line) ORDER BY name`);
  const names = distinctNames([...(options.optional ?? []), ...sampled.map((row) => String(row['name']))]);
  const structure = JSON.stringify(Object.fromEntries(names.map((name) => [name, 'VARCHAR'])));
  const fields = names.map((name) => `fields.${identifier(name)} AS ${identifier(name)}`);
  const filled = names.map((name) => `(fields.${identifier(name)} IS NOT NULL)::INT`);
  // Counting the distinct keys is slow, and unnecessary if every key has a separate value.
  const fault = `CASE WHEN fields IS NULL THEN 'not a JSON object'
    WHEN len(json_keys(line)) <> ${['0', ...filled].join(' + ')} THEN
      CASE WHEN len(json_keys(line)) <> list_unique(json_keys(line)) THEN 'the JSON object has a field twice' END END`;
  const checked = `SELECT *, ${fault} AS fault FROM (
    SELECT source_file, line, CASE WHEN ${isObject} THEN TRY(from_json(line, ${sqlLiteral(structure)})) END AS fields FROM (${lines}))`;
  return {
    query: `SELECT ${[...fields, 'source_file'].join(', ')} FROM (${checked}) WHERE fault IS NULL AND line IS NOT NULL`,
    unread: `SELECT source_file, NULL::UBIGINT AS line_number, fault AS reason, line FROM (${checked})
      WHERE fault IS NOT NULL AND trim(line) <> ''
      UNION ALL BY NAME ${rejectedLines(rejects)}`,
  };
}

async function json(workspace: Workspace, file: InputFile): Promise<Part> {
  const reader = `read_json([${sqlLiteral(file.path)}], compression=${sqlLiteral(file.compression === 'none' ? 'uncompressed' : file.compression)}, maximum_object_size=67108864`;
  let names: string[];
  try {
    names = [...(await workspace.columns(`SELECT * FROM ${reader}, sample_size=${SAMPLED_LINES})`)).keys()];
  } catch (error) {
    throw new CommandError(`${file.path} cannot be read as JSON: ${(error as Error).message}`, 2);
  }
  const columns = names.map((name) => `${sqlLiteral(name)}: 'VARCHAR'`).join(', ');
  return { query: `FROM ${reader}, columns={${columns}}, filename='source_file')` };
}

/**
 * Creates the view `source`: the rows of all files, with their columns and `source_file`; columns that only some files have
 * are NULL in the others.
 * @throws CommandError (exit code 2) when a file cannot be read
 */
export async function createSource(
  workspace: Workspace,
  inputs: readonly InputFile[],
  options: ReadOptions,
): Promise<SourceView> {
  const of = (format: InputFile['format']) => inputs.filter((file) => file.format === format);
  const parts = await tables(workspace, of('csv'), options);
  for (const [index, group] of grouped(of('lines').map((file) => ({ file, key: file.compression }))).entries())
    parts.push(await jsonLines(workspace, group, options, `unread_line_${index}`));
  for (const file of of('json')) parts.push(await json(workspace, file));
  if (of('parquet').length > 0)
    parts.push({ query: `FROM read_parquet(${files(of('parquet'))}, union_by_name=true, filename='source_file')` });
  const union = parts
    .map(({ query }) => `(${query.startsWith('FROM') ? `SELECT * ${query}` : query})`)
    .join('\nUNION ALL BY NAME\n');
  const columns = [...(await workspace.columns(union)).keys()];
  const absent = (options.optional ?? []).filter(
    (name) => !columns.some((column) => column.toLowerCase() === name.toLowerCase()),
  );
  const extra = absent.map((name) => `, NULL::VARCHAR AS ${identifier(name)}`).join('');
  await workspace.run(`CREATE VIEW source AS SELECT *${extra} FROM (${union})`);
  const unread = parts.flatMap((part) => part.unread ?? []);
  const none =
    'SELECT NULL::VARCHAR AS source_file, NULL::UBIGINT AS line_number, NULL::VARCHAR AS reason, NULL::VARCHAR AS line WHERE false';
  const directives = parts.find((part) => part.directives !== undefined)?.directives ?? [];
  return { columns, directives, unread: [none, ...unread].join('\nUNION ALL BY NAME\n') };
}
