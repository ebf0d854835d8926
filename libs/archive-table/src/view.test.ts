import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { VIEWS_FOLDER } from './folders';
import { glueView, viewQuery } from './view';

/** Decodes a view's text like Athena. */
function definitionOf(text: string): Record<string, unknown> {
  const base64 = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text)?.[1] ?? '';
  return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Record<string, unknown>;
}

describe('viewQuery', () => {
  it.each(RECORD_TYPES)('of %s is the committed file', (type) => {
    expect(readFileSync(path.join(VIEWS_FOLDER, `${type}.sql`), 'utf8')).toBe(viewQuery(type));
  });
});

describe('glueView', () => {
  it('is stored in the format of Athena: JSON in base64, with the types of its engine', () => {
    const view = glueView('attributed_click', 'ad_analytics_dev');
    expect(view.parameters).toEqual({ presto_view: 'true', comment: 'Presto View' });
    expect(definitionOf(view.viewOriginalText)).toEqual({
      originalSql: viewQuery('attributed_click'),
      catalog: 'awsdatacatalog',
      schema: 'ad_analytics_dev',
      columns: expect.arrayContaining([
        { name: 'schema_version', type: 'integer' },
        { name: 'event_date', type: 'varchar' },
        { name: 'cost_micros', type: 'bigint' },
        { name: 'invalid_reasons', type: 'array(varchar)' },
      ]),
    });
  });

  it.each(RECORD_TYPES)('of %s has the columns of its query, in the same order', (type) => {
    const { columns } = glueView(type, 'db');
    const selected = /\nSELECT\n([\s\S]*?)\nFROM \(/.exec(viewQuery(type))?.[1] ?? '';
    expect(selected.split(',\n').map((column) => column.trim().split(' AS ').at(-1))).toEqual(
      columns.map(({ name }) => name),
    );
  });
});
