import { readFileSync } from 'node:fs';
import { BROWSERS, CRAWLERS } from './user-agents';

/** What the job's rule known_bot goes by. */
const list = JSON.parse(readFileSync(require.resolve('crawler-user-agents'), 'utf8')) as { pattern: string }[];
const patterns = list.map(({ pattern }) => new RegExp(pattern));
const isListed = (userAgent: string) => patterns.some((pattern) => pattern.test(userAgent));

describe('the list of known bots', () => {
  it.each(Object.values(BROWSERS).flat())('does not have the browser %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(false);
  });

  it.each(CRAWLERS)('has the crawler %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(true);
  });
});
