import { z } from 'zod';
import { identifier, time } from '../fields';
import { resultSchema } from './envelope';

export const unattributedClickSchema = resultSchema(
  'unattributed_click',
  {
    title: 'Unattributed click',
    description: 'One per distinct click_id with no such impression, once no such impression can come on time.',
    recordId: '[\\s\\S]+',
    eventTime: 'The time of the click',
  },
  z.object({
    click_id: identifier.describe('The click.'),
    impression_id: identifier.describe('The impression that it names.'),
    user_id: identifier.describe("The click's own user."),
    campaign_id: identifier.describe("The click's own campaign."),
    ad_id: identifier.describe("The click's own ad."),
    publisher_id: identifier.describe("The click's own publisher."),
    click_time: time.describe('When it was clicked; ISO-8601 UTC with milliseconds.'),
  }),
);
