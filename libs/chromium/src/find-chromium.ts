import { existsSync } from 'node:fs';
import which from 'which';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The message if Chromium is missing. */
export const HOW_TO_GET_CHROMIUM =
  'Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH';

/**
 * @param env environment variables
 * @returns path of a Chromium or Chrome: `CHROMIUM_PATH`, or the first on the `PATH`; undefined if none exists
 * @throws {Error} when the file of `CHROMIUM_PATH` does not exist
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    if (!existsSync(given))
      throw new Error(`CHROMIUM_PATH is ${given}, but this file does not exist: correct or unset it.`);
    return given;
  }
  // An absolute path is used unchanged.
  for (const name of [...NAMES, MAC]) {
    const found = which.sync(name, { path: env['PATH'] ?? '', nothrow: true });
    if (found !== null) return found;
  }
  return undefined;
}
