import { readFileSync } from 'node:fs';
import { BROWSERS, CRAWLERS, PHONE_APPS } from './user-agents';

/** The list of the job's rule known_bot. */
const list = JSON.parse(readFileSync(require.resolve('crawler-user-agents'), 'utf8')) as { pattern: string }[];
const patterns = list.map(({ pattern }) => new RegExp(pattern));
const isListed = (userAgent: string) => patterns.some((pattern) => pattern.test(userAgent));

describe('the list of known bots', () => {
  it.each(Object.values(BROWSERS).flat())('does not have the browser %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(false);
  });

  // The job has a list of exceptions for them; tools/verify tests these user agents with both lists.
  it.each(PHONE_APPS)('has the app of a phone %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(true);
  });

  it.each(CRAWLERS)('has the crawler %s', (userAgent) => {
    expect(isListed(userAgent)).toBe(true);
  });
});
