import { Database } from './database';

it('gives back a text that begins with a byte-order mark, short and long', async () => {
  await Database.use(async (database) => {
    const long = 'x'.repeat(40);
    const rows = await database.rows(`SELECT chr(65279) || 'a' AS a, {'b': chr(65279) || '${long}'} AS s`);
    expect(rows).toEqual([{ a: '\ufeffa', s: { b: `\ufeff${long}` } }]);
  });
});
