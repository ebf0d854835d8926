import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../setup/layout.cjs';
import { CommandError } from '../local-stack/errors';
import type { Database } from './database';
import { RowWriter } from './row-writer';

/** The list that the known_bot rule is defined by: the data of the pinned package. */
export const CRAWLER_LIST = path.join(ROOT, 'node_modules', 'crawler-user-agents', 'crawler-user-agents.json');

/** How many characters of a user agent are searched (UTF-16, as Java counts them): docs/analytics.md. */
const SEARCHED = 512;

/** Says whether a user agent is a known bot's. */
export type KnownBots = (userAgent: string) => boolean;

const list = z.array(z.looseObject({ pattern: z.string().min(1) })).min(1);

/**
 * Reads a list of crawlers in the format of the package crawler-user-agents: an array of objects with a regular expression
 * `pattern`, which is searched for anywhere in the beginning of the user agent, case-sensitively.
 * @param file JSON
 * @throws CommandError (exit code 2) when the file has another form
 */
export function loadKnownBots(file = CRAWLER_LIST): KnownBots {
  try {
    const patterns = list.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ pattern }) => new RegExp(pattern));
    return (userAgent) => {
      const searched = userAgent.slice(0, SEARCHED);
      return patterns.some((pattern) => pattern.test(searched));
    };
  } catch (error) {
    throw new CommandError(`${file} is no list of crawlers ([{"pattern": ...}, ...]): ${(error as Error).message}`, 2);
  }
}

/** Fills the table bot_user_agent. Each distinct user agent is judged once. */
export async function markKnownBots(database: Database, knownBots: KnownBots): Promise<void> {
  const userAgents = await database.rows('SELECT DISTINCT user_agent FROM event WHERE user_agent IS NOT NULL');
  const rows = new RowWriter(await database.appender('bot_user_agent'));
  for (const { user_agent } of userAgents) if (knownBots(String(user_agent))) rows.text(String(user_agent)).end();
  rows.close();
}
