import { RECORD_TYPES, RESULT_DEFINITIONS } from '../../src';
import { code, table, withSection } from '../markdown';

const insert = (type: string) => `[inserts/${type}.sql](flink/sql/inserts/${type}.sql)`;

/**
 * @param readme text of README.md
 * @returns the text with the table of results between its markers
 * @throws Error when a marker is missing
 */
export const withGrains = (readme: string): string =>
  withSection(
    readme,
    'results',
    table(
      ['record type', 'one record per', 'query'],
      RECORD_TYPES.map((type) => [code(type), RESULT_DEFINITIONS[type].docs.per, insert(type)]),
    ),
  );

/**
 * @param readme text of flink/README.md
 * @returns the text with the table of results between its markers
 * @throws Error when a marker is missing
 */
export const withQuestions = (readme: string): string =>
  withSection(
    readme,
    'results',
    table(
      ['record type', 'question', 'window'],
      RECORD_TYPES.map((type) => {
        const { question, window } = RESULT_DEFINITIONS[type].docs;
        return [code(type), question, window];
      }),
    ),
  );
