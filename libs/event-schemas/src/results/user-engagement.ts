import { z } from 'zod';
import { identifier, windowFields, wholeNumber } from '../fields';
import { defineResult } from './define-result';

export const userEngagement = defineResult(
  'user_engagement',
  {
    title: 'User engagement',
    description:
      'One record per user and sliding window, for windows in whose last slide the user had an accepted event.',
    recordId: ['window_start', 'user_id'],
    eventTime: 'The end of the window',
    docs: {
      per: 'user and sliding window',
      question: 'how engaged with ads is each user?',
      window: 'sliding, `engagement.window.seconds`',
    },
    contains: 'engagement of one user in one window',
    person: 'user_id',
    example: {
      eventTime: '2026-11-23T10:05:00.000Z',
      fields: {
        user_id: 'user-1',
        window_start: '2026-11-23T10:00:00.000Z',
        window_end: '2026-11-23T10:05:00.000Z',
        impressions: 40,
        clicks: 3,
        distinct_campaigns: 5,
        score: 62.5,
      },
    },
    serving: {
      retentionDays: 2,
      writeShards: 8,
      byTime: { window: ['window_start'], rank: [{ field: 'score', as: 'rate' }] },
    },
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
