import { z } from 'zod';
import { identifier, windowFields, wholeNumber } from '../fields';
import { ID_TIME, resultSchema } from './envelope';

export const userEngagementSchema = resultSchema(
  'user_engagement',
  {
    title: 'User engagement',
    description:
      'One record per user and sliding window, for windows in whose last slide the user had an accepted event.',
    recordId: `${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the window',
  },
  z.object({
    user_id: identifier.describe('The user.'),
    ...windowFields,
    impressions: wholeNumber.describe('Accepted impressions of the user in the window.'),
    clicks: wholeNumber.describe('Accepted clicks of the user in the window.'),
    distinct_campaigns: wholeNumber.describe('Distinct campaign_ids of these impressions and clicks.'),
    score: z.number().min(0).max(100).describe('Engagement score, from 0 (none) to 100; no unit.'),
  }),
);
