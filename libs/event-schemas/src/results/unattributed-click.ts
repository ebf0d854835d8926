import { z } from 'zod';
import { identifier, time } from '../fields';
import { resultSchema } from './envelope';

export const unattributedClickSchema = resultSchema(
  'unattributed_click',
  {
    title: 'Unattributed click',
    description:
      'One record per distinct click_id without an impression within the attribution window, written once such an impression can no longer arrive in time.',
    recordId: '[\\s\\S]+',
    eventTime: 'The time of the click',
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
