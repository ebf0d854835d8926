import { Database } from './database';

it('returns a text that begins with a byte-order mark unchanged', async () => {
  await Database.use(async (database) => {
    expect(await database.rows(`SELECT chr(65279) || 'a' AS a`)).toEqual([{ a: '\ufeffa' }]);
  });
});
