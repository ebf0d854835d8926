import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CARRIED_FIELDS, personalFieldsOfAll, RECORD_KINDS, RECORD_TYPES, toJsonSchema } from '../src';
import { clickCases, impressionCases } from '../test/cases/ad-event';
import type { Cases } from '../test/cases/case';
import { resultCases } from '../test/cases/results';
import { withGrains, withQuestions } from './results/markdown';
import { sinkInSql } from './results/sink';
import { withRuleTables } from './rules/markdown';
import { rulesInPython } from './rules/python';
import { withRuleSettings } from './rules/settings-file';
import { alertsInSql } from './rules/sql';

/** What to run when a generated file is out of date. */
export const GENERATE_COMMAND = '`npx nx run event-schemas:generate`';

export const WORKSPACE = path.join(__dirname, '..', '..', '..');
const PROJECT = 'libs/event-schemas';

/** The text of a generated file, before Prettier formats it. Files of other languages are written as they are. */
export interface GeneratedFile {
  readonly text: string;
  readonly parser?: 'json' | 'markdown';
}

const json = (value: unknown): GeneratedFile => ({ text: JSON.stringify(value, null, 2), parser: 'json' });
const committed = (name: string) => readFileSync(path.join(WORKSPACE, name), 'utf8');

/** Schemas and fixtures. */
function contractFiles(): [string, GeneratedFile][] {
  const cases: [string, Cases][] = [
    ['impression', impressionCases()],
    ['click', clickCases()],
    ...RECORD_TYPES.map((type): [string, Cases] => [type, resultCases(type)]),
  ];
  return [
    ...RECORD_KINDS.map((kind): [string, GeneratedFile] => [
      `${PROJECT}/schemas/${kind}.schema.json`,
      json(toJsonSchema(kind)),
    ]),
    [`${PROJECT}/schemas/carried-fields.json`, json(CARRIED_FIELDS)],
    [`${PROJECT}/schemas/personal-fields.json`, json(personalFieldsOfAll())],
    ...cases.flatMap(([kind, { valid, invalid }]): [string, GeneratedFile][] => [
      [`${PROJECT}/fixtures/${kind}.valid.json`, json(valid)],
      [`${PROJECT}/fixtures/${kind}.invalid.json`, json(invalid)],
    ]),
  ];
}

/** The tables of the job that take the results. */
const sinkFiles = () =>
  RECORD_TYPES.map((type): [string, GeneratedFile] => [`flink/sql/sinks/${type}.sql`, { text: sinkInSql(type) }]);

/** The sections of hand-written documents. */
const documents = (): [string, GeneratedFile][] => [
  ['README.md', { text: withGrains(committed('README.md')), parser: 'markdown' }],
  ['flink/README.md', { text: withQuestions(withRuleTables(committed('flink/README.md'))), parser: 'markdown' }],
];

/** What the job takes from the catalogue of rules. The settings file is written by hand except for the rules. */
function ruleFiles(): [string, GeneratedFile][] {
  const groups = JSON.parse(committed('flink/kinesis-config.json')) as Parameters<typeof withRuleSettings>[0];
  return [
    ['flink/ad_analytics/fraud_rules.py', { text: rulesInPython() }],
    ['flink/sql/views/fraud_alerts.sql', { text: alertsInSql() }],
    ['flink/kinesis-config.json', json(withRuleSettings(groups))],
  ];
}

/** @returns every generated file, by its path in the workspace */
export const generatedFiles = (): Map<string, GeneratedFile> =>
  new Map([...contractFiles(), ...sinkFiles(), ...ruleFiles(), ...documents()]);
