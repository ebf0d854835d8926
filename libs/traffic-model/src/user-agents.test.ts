import { readFileSync } from 'node:fs';
import { BROWSERS, CRAWLERS, PHONE_APPS } from './user-agents';

/** What the job's rule known_bot goes by. */
const list = JSON.parse(readFileSync(require.resolve('crawler-user-agents'), 'utf8')) as { pattern: string }[];
const patterns = list.map(({ pattern }) => new RegExp(pattern));
const isListed = (userAgent: string) => patterns.some((pattern) => pattern.test(userAgent));

describe('the list of known bots', () => {
  it.each(Object.values(BROWSERS).flat())('does not have the browser %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(false);
  });

  // What takes them back is a list of the job; tools/verify holds these user agents against both.
  it.each(PHONE_APPS)('has the app of a phone %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(true);
  });

  it.each(CRAWLERS)('has the crawler %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(true);
  });
});
