import { z } from 'zod';
import { email } from './values';

const emails = z
  .array(email)
  .describe('Addresses that get the mails of alarms; each must confirm the subscription once.');

/** Thresholds and recipients of the alarms. */
export const alarmSettings = z
  .strictObject({
    emails,
    iteratorAgeSeconds: z.int().min(1).max(604800).describe('Maximum lag of a consumer of a stream.'),
    lateSharePercent: z.number().min(0).max(100).describe('Maximum share of late events in 5 minutes.'),
    rejectedSharePercent: z.number().min(0).max(100).describe('Maximum share of rejected records in 5 minutes.'),
    duplicateSharePercent: z.number().min(0).max(100).describe('Maximum share of duplicate events in 5 minutes.'),
    retriedSharePercent: z
      .number()
      .min(0)
      .max(100)
      .describe('Maximum share of results that the job had to send again, in 5 minutes.'),
    clockSkewSeconds: z
      .int()
      .min(1)
      .max(86400)
      .describe(
        'How far the time of an event may be ahead of its arrival; less than max.future.seconds, because events beyond that are rejected.',
      ),
    jobMustRun: z
      .boolean()
      .describe(
        'Whether an alarm fires if the Flink application does not run, or if a stream does not have a consumer. Switch it off if the application is stopped overnight.',
      ),
  })
  .describe('CloudWatch alarms, sent to an SNS topic.');

/** The budget. */
export const budgetSettings = z
  .strictObject({
    monthlyUsd: z
      .number()
      .positive()
      .describe('US dollars per month for the whole environment; a mail is sent at 80 % and, by forecast, at 100 %.'),
    emails: emails.describe('Addresses that get the mails of the budget in addition to alarms.emails.'),
  })
  .describe('A budget alarm. The tag Deployment must be activated as a cost allocation tag.');
