import { z } from 'zod';
import { identifier, windowFields } from '../fields';
import { FRAUD_RULES } from '../rules/catalogue';
import { ID_TIME, resultSchema } from './envelope';

export const ACTOR_TYPES = ['ip', 'user', 'publisher', 'impression'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** In rising order. */
export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const fraudAlertSchema = resultSchema(
  'fraud_alert',
  {
    title: 'Fraud alert',
    description: 'One record per rule, actor and window in which the actor broke the rule.',
    recordId: `(?:${FRAUD_RULES.join('|')}):(?:${ACTOR_TYPES.join('|')}):${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the window',
  },
  z.object({
    rule: z.enum(FRAUD_RULES).describe('The rule that was broken.'),
    actor_type: z.enum(ACTOR_TYPES).describe('Type of the actor that actor_id identifies.'),
    actor_id: identifier.describe('The address, user, publisher or impression that broke the rule.'),
    ...windowFields,
    observed: z.number().describe('The observed value, in the unit of the rule: a count, a ratio or a z-score.'),
    threshold: z.number().describe('The limit of the rule, in the same unit.'),
    severity: z.enum(SEVERITIES).describe('How far the observed value exceeds the threshold, as graded by the rule.'),
  }),
);
