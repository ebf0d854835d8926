import { Database } from './database';

it('gives back a text that begins with a byte-order mark', async () => {
  await Database.use(async (database) => {
    expect(await database.rows(`SELECT chr(65279) || 'a' AS a`)).toEqual([{ a: '\ufeffa' }]);
  });
});
