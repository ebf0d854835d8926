import { RESULT_DEFINITIONS, toJsonSchema, type JsonSchema, type RecordType } from '../../src';

/** Words that Flink SQL reserves, as far as a field may have such a name. */
const RESERVED = new Set(
  (
    'any all array as at by case check column count cross cube current date day default describe distinct end filter first float for ' +
    'from full group grouping hour in int integer interval into is join key language last left like limit match method minute mod ' +
    'module month multiset natural no none not null of offset on or order out over partition position primary range rank raw row rows ' +
    'second select set start stream table time timestamp to true false user using value values view when where window with year'
  ).split(' '),
);

/** @returns the type in SQL of a field of a result */
function sqlType(type: RecordType, name: string, schema: JsonSchema): string {
  const types = [schema['type']].flat().filter((each) => each !== 'null');
  const [single] = types;
  switch (types.length === 1 ? single : undefined) {
    case 'string':
      return 'STRING';
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'array':
      return `ARRAY<${sqlType(type, name, schema['items'] as JsonSchema)}>`;
    default:
      throw new Error(`${type}.${name}: a sink does not have a column for ${JSON.stringify(schema['type'])}`);
  }
}

/**
 * @param type of the results
 * @returns the text of flink/sql/sinks/<type>.sql: the table whose payload has the fields of the schema
 * @throws Error when a field has a type that SQL does not have
 */
export function sinkInSql(type: RecordType): string {
  const properties = toJsonSchema(type)['properties'] as Record<string, JsonSchema>;
  const fields = Object.entries(properties[type]?.['properties'] as Record<string, JsonSchema>);
  const columns = fields.map(([name, schema]) => {
    const quoted = RESERVED.has(name) ? `\`${name}\`` : name;
    return `    ${quoted} ${sqlType(type, name, schema)}`;
  });
  return `-- Result records: ${RESULT_DEFINITIONS[type].contains}.
--
-- Where it goes, and the columns that every result has, are those of result_stream; the payload has the fields of
-- ${type} in libs/event-schemas.
CREATE TEMPORARY TABLE ${type} (
  ${type} ROW<
${columns.join(',\n')}
  >
) LIKE result_stream
`;
}
