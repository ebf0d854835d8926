import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param folder of the run; receives the file of the key, the same one for all calls
 * @returns the settings with which a job replaces user ids and addresses in its results
 */
export function pseudonymSettings(folder: string): Readonly<Record<string, string>> {
  const file = path.join(folder, 'privacy-key');
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  return { 'privacy.user.ids': 'hmac', 'privacy.addresses': 'cut', 'privacy.key.file': file };
}
