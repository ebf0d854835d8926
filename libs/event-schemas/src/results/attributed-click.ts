import { z } from 'zod';
import { deviceType } from '../ad-event';
import { costMicros, countryCode, identifier, time, wholeNumber } from '../fields';
import { defineResult } from './define-result';

/** Why an attributed click is invalid traffic, in the order in which reasons are listed. */
export const INVALID_REASONS = ['duplicate_click', 'too_fast_click', 'invalid_placement', 'known_bot'] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

/**
 * Optional fields of an impression that its attributed clicks carry, and that the job does not use otherwise. The state of the job holds
 * their values by the place in this list: add a field at the end, and do not remove one. A field that names a person does not belong here: the
 * settings of pseudonyms do not change it, and an erasure does not search it.
 */
export const CARRIED_FIELDS: readonly string[] = [];

export const attributedClick = defineResult(
  'attributed_click',
  {
    title: 'Attributed click',
    description:
      'One record per distinct click_id whose impression (the same impression_id) happened at most one attribution window before the click.',
    recordId: ['click_id'],
    eventTime: 'The time of the click',
    docs: {
      per: 'click with an impression within the attribution window',
      question: 'which impression does a click belong to, and is it valid?',
      window: 'none; within the attribution window',
    },
    contains: 'clicks with the impression they belong to',
    person: 'user_id',
    ownEventIds: ['click_id', 'impression_id'],
    example: {
      eventTime: '2026-11-23T10:00:02.500Z',
      fields: {
        click_id: 'click-1',
        impression_id: 'imp-1',
        user_id: 'user-1',
        campaign_id: 'campaign-1',
        ad_id: 'ad-1',
        publisher_id: 'publisher-1',
        device_type: 'mobile',
        country: 'US',
        impression_time: '2026-11-23T10:00:00.000Z',
        click_time: '2026-11-23T10:00:02.500Z',
        time_to_click_ms: 2500,
        cost_micros: 2500,
        invalid_reasons: [],
      },
    },
    serving: { retentionDays: 7, writeShards: 4, byTime: { bucket: 'minute' } },
  },
  z.object({
    click_id: identifier.describe('The click.'),
    impression_id: identifier.describe('The impression that the click is attributed to.'),
    user_id: identifier.describe("The impression's user."),
    campaign_id: identifier.describe("The impression's campaign."),
    ad_id: identifier.describe("The impression's ad."),
    publisher_id: identifier.describe("The impression's publisher."),
    device_type: deviceType.nullable().describe("The impression's device class; null if the impression has none."),
    country: countryCode
      .nullable()
      .describe("The impression's country, ISO 3166-1 alpha-2; null if the impression has none."),
    impression_time: time.describe('Time of the impression; ISO-8601 UTC with milliseconds.'),
    click_time: time.describe('Time of the click; ISO-8601 UTC with milliseconds.'),
    time_to_click_ms: wholeNumber.describe('Time from the impression to the click, in milliseconds.'),
    cost_micros: costMicros
      .nullable()
      .describe('Cost of the impression, in millionths of a US dollar; null if the impression has none.'),
    invalid_reasons: z.array(z.enum(INVALID_REASONS)).describe('Rules that the click breaks; empty for a valid click.'),
  }),
);
