import { z } from 'zod';
import { deviceType } from '../ad-event';
import { costMicros, countryCode, identifier, time, wholeNumber } from '../fields';
import { resultSchema } from './envelope';

/** Why an attributed click is invalid traffic, in the order in which reasons are listed. */
export const INVALID_REASONS = ['duplicate_click', 'too_fast_click', 'invalid_placement', 'known_bot'] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

export const attributedClickSchema = resultSchema(
  'attributed_click',
  {
    title: 'Attributed click',
    description:
      'One per distinct click_id whose impression has the same impression_id and lies at most the attribution window before it.',
    recordId: '[\\s\\S]+',
    eventTime: 'The time of the click',
  },
  z.object({
    click_id: identifier.describe('The click.'),
    impression_id: identifier.describe('The impression that it is attributed to.'),
    user_id: identifier.describe("The impression's user."),
    campaign_id: identifier.describe("The impression's campaign."),
    ad_id: identifier.describe("The impression's ad."),
    publisher_id: identifier.describe("The impression's publisher."),
    device_type: deviceType.nullable().describe("The impression's device class; null when it carried none."),
    country: countryCode
      .nullable()
      .describe("The impression's country, ISO 3166-1 alpha-2; null when it carried none."),
    impression_time: time.describe('When the ad was shown; ISO-8601 UTC with milliseconds.'),
    click_time: time.describe('When it was clicked; ISO-8601 UTC with milliseconds.'),
    time_to_click_ms: wholeNumber.describe('From the impression to the click, in milliseconds.'),
    cost_micros: costMicros
      .nullable()
      .describe('Paid for the impression, in millionths of a US dollar; null when it carried no cost.'),
    invalid_reasons: z.array(z.enum(INVALID_REASONS)).describe('Rules that the click breaks; empty for a valid click.'),
  }),
);
