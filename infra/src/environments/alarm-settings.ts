import { z } from 'zod';
import { email } from './values';

const emails = z.array(email).describe('Who gets a mail; each must confirm the subscription once.');

/** When somebody is told. */
export const alarmSettings = z
  .strictObject({
    emails,
    iteratorAgeSeconds: z.int().min(1).max(604800).describe('How far a consumer of a stream may be behind.'),
    lateSharePercent: z.number().min(0).max(100).describe('Share of late events among all that came in, of 5 minutes.'),
    rejectedSharePercent: z
      .number()
      .min(0)
      .max(100)
      .describe('Share of rejected records among all that came in, of 5 minutes.'),
    duplicateSharePercent: z
      .number()
      .min(0)
      .max(100)
      .describe('Share of repeated events among all that came in, of 5 minutes.'),
    retriedSharePercent: z
      .number()
      .min(0)
      .max(100)
      .describe('Share of results that the job had to send again among all that it sent, of 5 minutes.'),
    clockSkewSeconds: z
      .int()
      .min(1)
      .max(86400)
      .describe(
        'How far the time of an event may be ahead of its arrival; less than max.future.seconds, beyond which events are rejected.',
      ),
    jobMustRun: z
      .boolean()
      .describe(
        'Whether a Flink application that does not run, or a stream that nobody reads, is an alarm. Off where it is stopped overnight.',
      ),
  })
  .describe('Alarms of CloudWatch, through an SNS topic.');

/** What may be spent. */
export const budgetSettings = z
  .strictObject({
    monthlyUsd: z
      .number()
      .positive()
      .describe('US dollars a month for everything of the environment; told at 80 % and, by forecast, at 100 %.'),
    emails: emails.describe('Who gets a mail besides those of alarms.emails.'),
  })
  .describe('A budget alarm. The tag Deployment must be activated as a cost allocation tag.');
