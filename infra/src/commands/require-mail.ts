import type { Environment } from '../environments/environment';
import { missingMail } from '../environments/missing-mail';
import { UsageError } from './errors';

/**
 * @param environment to deploy
 * @throws {UsageError} when the mails of alarms and of the budget would not reach anyone
 */
export function requireMail(environment: Environment): void {
  const missing = missingMail(environment);
  if (missing !== undefined) throw new UsageError(missing);
}
