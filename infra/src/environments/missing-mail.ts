import type { Environment } from './environment';

/**
 * The budget and the alarms limit the cost of an environment, and both only send mails.
 * @param environment to deploy
 * @returns the problem and its fix; undefined if there is an address
 */
export function missingMail({ alarms, name }: Pick<Environment, 'alarms' | 'name'>): string | undefined {
  if (alarms.emails.length > 0) return undefined;
  return `infra/environments/${name}.json: alarms/emails: is empty, so alarms and the budget would not reach anyone. Add an address.`;
}
