import { z } from 'zod';
import { identifier, time } from '../fields';
import { defineResult } from './define-result';

export const unattributedClick = defineResult(
  'unattributed_click',
  {
    title: 'Unattributed click',
    description:
      'One record per distinct click_id without an impression within the attribution window, written once such an impression can no longer arrive in time.',
    recordId: ['click_id'],
    eventTime: 'The time of the click',
    docs: {
      per: 'click without such an impression',
      question: 'which clicks do not belong to an impression?',
      window: 'none; when an impression can no longer arrive on time',
    },
    contains: 'clicks that belong to no impression',
    person: 'user_id',
    // Not the impression: the click names it, but it may be another user's.
    ownEventIds: ['click_id'],
    example: {
      eventTime: '2026-11-23T10:00:02.500Z',
      fields: {
        click_id: 'click-1',
        impression_id: 'imp-1',
        user_id: 'user-1',
        campaign_id: 'campaign-1',
        ad_id: 'ad-1',
        publisher_id: 'publisher-1',
        click_time: '2026-11-23T10:00:02.500Z',
      },
    },
    serving: { retentionDays: 7, writeShards: 4, byTime: { bucket: 'minute' } },
  },
  z.object({
    click_id: identifier.describe('The click.'),
    impression_id: identifier.describe('The impression_id of the click.'),
    user_id: identifier.describe("The click's user."),
    campaign_id: identifier.describe("The click's campaign."),
    ad_id: identifier.describe("The click's ad."),
    publisher_id: identifier.describe("The click's publisher."),
    click_time: time.describe('Time of the click; ISO-8601 UTC with milliseconds.'),
  }),
);
