import type { Environment } from '../environments/environment';
import { UsageError } from './errors';

/**
 * The budget and the alarms are what bounds the cost of an environment, and both only tell.
 * @param environment to deploy
 * @throws {UsageError} when nobody would hear of an alarm or of the budget
 */
export function requireMail({ alarms, name }: Environment): void {
  if (alarms.emails.length > 0) return;
  throw new UsageError(
    `infra/environments/${name}.json: alarms/emails: is empty, so nobody would hear of an alarm, or of the budget. Put an address there.`,
  );
}
