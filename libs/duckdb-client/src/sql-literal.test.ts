import { DuckDBInstance } from '@duckdb/node-api';
import { sqlLiteral } from './sql-literal';

describe('sqlLiteral', () => {
  it.each([
    ["it's", 'VARCHAR'],
    ['', 'VARCHAR'],
    [true, 'BOOLEAN'],
    [2 ** 45, 'BIGINT'],
    [0.1, 'DOUBLE'],
  ])('DuckDB reads %j as itself, of type %s', async (value, type) => {
    const instance = await DuckDBInstance.create(':memory:');
    try {
      const connection = await instance.connect();
      const literal = sqlLiteral(value);
      const [row] = (await connection.runAndReadAll(`SELECT ${literal} AS v, typeof(${literal}) AS t`)).getRowsJS();
      expect([typeof row?.[0] === 'bigint' ? Number(row[0]) : row?.[0], row?.[1]]).toEqual([value, type]);
      connection.closeSync();
    } finally {
      instance.closeSync();
    }
  });
});
