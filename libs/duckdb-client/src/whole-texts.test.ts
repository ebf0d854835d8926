import { DuckDBInstance } from '@duckdb/node-api';
import { keepWholeTexts } from './whole-texts';

it('keeps a byte-order mark at the start of a short and of a long text', async () => {
  keepWholeTexts();
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    const long = 'x'.repeat(40);
    const answer = await connection.runAndReadAll(`SELECT chr(65279) || 'a' AS a, {'b': chr(65279) || '${long}'} AS s`);
    expect(answer.getRowObjectsJson()).toEqual([{ a: '\ufeffa', s: { b: `\ufeff${long}` } }]);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
});
