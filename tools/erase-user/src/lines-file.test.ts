import { gunzipSync, gzipSync } from 'node:zlib';
import { givenResults } from '@ad-analytics/archive/given-results';
import { searchLines } from './lines-file';
import { PHASES } from './subject';

const SUBJECT = {
  userIds: ['u1'],
  eventIds: { impression: new Set<string>(), click: new Set<string>() },
  addresses: new Set<string>(),
};
const ALL = PHASES.flat();
const score = (user_id: string) => JSON.stringify(givenResults({ user_engagement: { user_id } })[0]);
const failed = (record: string) =>
  JSON.stringify({ errorCode: 'DataFormatConversion', rawData: Buffer.from(record).toString('base64') });

it('removes the lines of the user, and keeps the others byte for byte', () => {
  const others = [failed(score('u12')), '{ "odd" : 1 }', 'not JSON', score('u2'), failed('{"user_id":"u2"')];
  const own = [failed(score('u1')), score('u1'), failed('{"user_id":"u1"'), 'a line of u1'];
  const content = Buffer.from([others[0], own[0], own[1], others[1], own[2], ...others.slice(2), own[3]].join('\n'));
  const { found, rest } = searchLines(content, ALL, SUBJECT);
  expect(found.map((record) => record?.record_type)).toEqual([
    'user_engagement',
    'user_engagement',
    undefined,
    undefined,
  ]);
  expect(rest?.toString()).toBe(`${others.join('\n')}\n`);
});

it('finds a result that does not pass its schema', () => {
  const broken = JSON.stringify({ record_type: 'user_engagement', user_engagement: { user_id: 'u1', score: 'high' } });
  expect(searchLines(Buffer.from(failed(broken)), ALL, SUBJECT).found).toHaveLength(1);
});

it('finds only the types that are asked for', () => {
  const content = Buffer.from(`${score('u1')}\nu1\n`);
  expect(searchLines(content, ['attributed_click'], SUBJECT)).toEqual({ found: [], rest: content });
});

it('returns no remaining lines when all belong to the user', () => {
  expect(searchLines(Buffer.from(`${score('u1')}\n\n`), ALL, SUBJECT).rest).toBeUndefined();
});

it('reads and writes gzip', () => {
  const { found, rest } = searchLines(gzipSync(`${score('u1')}\n${score('u2')}\n`), ALL, SUBJECT);
  expect(found).toHaveLength(1);
  expect(gunzipSync(rest!).toString()).toBe(`${score('u2')}\n`);
});
