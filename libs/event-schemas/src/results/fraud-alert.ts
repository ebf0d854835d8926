import { z } from 'zod';
import { identifier, windowFields } from '../fields';
import { FRAUD_RULES } from '../rules/catalogue';
import { defineResult } from './define-result';

export const ACTOR_TYPES = ['ip', 'user', 'publisher', 'impression'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** In ascending order. */
export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const fraudAlert = defineResult(
  'fraud_alert',
  {
    title: 'Fraud alert',
    description: 'One record per rule, actor and window in which the actor broke the rule.',
    recordId: ['rule', 'actor_type', 'window_start', 'actor_id'],
    eventTime: 'The end of the window',
    docs: {
      per: 'rule, actor and window',
      question: 'which addresses, users and publishers behave like invalid traffic?',
      window: 'of each rule, below',
    },
    contains: 'actors that broke a rule about invalid traffic',
    person: 'actor',
    example: {
      eventTime: '2026-11-23T10:01:00.000Z',
      fields: {
        rule: 'click_velocity_ip',
        actor_type: 'ip',
        actor_id: '203.0.113.7',
        window_start: '2026-11-23T10:00:00.000Z',
        window_end: '2026-11-23T10:01:00.000Z',
        observed: 31,
        threshold: 10,
        severity: 'high',
      },
    },
    serving: { retentionDays: 90, writeShards: 1, subject: ['actor_type', 'actor_id'], byTime: { bucket: 'hour' } },
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
