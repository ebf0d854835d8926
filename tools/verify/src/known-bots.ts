import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Database } from './database';
import { RowWriter } from './row-writer';

/** The list that defines the rule known_bot: the data of the pinned package. */
const CRAWLER_LIST = path.join(ROOT, 'node_modules', 'crawler-user-agents', 'crawler-user-agents.json');

/** Its exceptions: user agents of people, each with the reason. The job reads the same file. */
export const KNOWN_BOT_EXCEPTIONS = path.join(
  ROOT,
  'flink',
  'src',
  'main',
  'resources',
  'known-bots',
  'exceptions.json',
);

/** Number of characters of a user agent that are searched (UTF-16 units, like in Java): docs/analytics.md. */
const SEARCHED = 512;

/** Returns whether a user agent is that of a known bot. */
export type KnownBots = (userAgent: string) => boolean;

const list = z.array(z.looseObject({ pattern: z.string().min(1) })).min(1);
const exceptions = z.array(z.looseObject({ listed: z.string().min(1), userAgents: z.string().min(1) }));

/**
 * Reads a list of crawlers in the format of the package crawler-user-agents: an array of objects with a regular expression
 * `pattern`, which is searched for anywhere in the beginning of the user agent, case-sensitively. An exception disables its pattern
 * `listed` for user agents that completely match `userAgents`; another pattern still makes them bots.
 * @param file JSON
 * @param exceptionsFile JSON; null for a list without exceptions
 * @throws CommandError (exit code 2) when a file has another format
 */
export function loadKnownBots(file = CRAWLER_LIST, exceptionsFile: string | null = KNOWN_BOT_EXCEPTIONS): KnownBots {
  const parsedExceptions =
    exceptionsFile === null
      ? []
      : read(exceptionsFile, '[{"listed": ..., "userAgents": ...}, ...]', (json) =>
          exceptions.parse(json).map(({ listed, userAgents }) => ({ listed, form: new RegExp(`^(?:${userAgents})$`) })),
        );
  const crawlers = read(file, '[{"pattern": ...}, ...]', (json) =>
    list.parse(json).map(({ pattern }) => ({
      pattern: new RegExp(pattern),
      exceptions: parsedExceptions.filter(({ listed }) => listed === pattern),
    })),
  );
  return (userAgent) => {
    const searched = userAgent.slice(0, SEARCHED);
    return crawlers.some(
      (crawler) => crawler.pattern.test(searched) && !crawler.exceptions.some(({ form }) => form.test(searched)),
    );
  };
}

function read<T>(file: string, form: string, parse: (json: unknown) => T): T {
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CommandError(`${file} is not a list of the form ${form}: ${(error as Error).message}`, 2);
  }
}

/** Fills the table bot_user_agent. Each distinct user agent is checked once. */
export async function markKnownBots(database: Database, knownBots: KnownBots): Promise<void> {
  const userAgents = await database.rows('SELECT DISTINCT user_agent FROM event WHERE user_agent IS NOT NULL');
  const rows = new RowWriter(await database.appender('bot_user_agent'));
  for (const { user_agent } of userAgents) if (knownBots(String(user_agent))) rows.text(String(user_agent)).end();
  rows.close();
}
