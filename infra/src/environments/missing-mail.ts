import type { Environment } from './environment';

/**
 * The budget and the alarms are what bounds the cost of an environment, and both only send mails.
 * @param environment to deploy
 * @returns what is wrong, and what to do; undefined when there is an address
 */
export function missingMail({ alarms, name }: Pick<Environment, 'alarms' | 'name'>): string | undefined {
  if (alarms.emails.length > 0) return undefined;
  return `infra/environments/${name}.json: alarms/emails: is empty, so alarms and the budget would not reach anyone. Add an address.`;
}
