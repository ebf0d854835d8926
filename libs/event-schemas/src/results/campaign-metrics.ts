import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { ID_TIME, resultSchema } from './envelope';

/** What impressions and clicks are counted by. */
export const DIMENSIONS = ['campaign', 'ad', 'publisher', 'device_type', 'country'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const campaignMetricsSchema = resultSchema(
  'campaign_metrics',
  {
    title: 'Campaign metrics',
    description:
      'One per window, dimension and key: real-time gross figures, with no wait for attribution. Impressions count by their own time, clicks by theirs.',
    recordId: `(?:${DIMENSIONS.join('|')}):${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the window',
  },
  z.object({
    dimension: z.enum(DIMENSIONS).describe('What the figures are grouped by.'),
    key: identifier.describe('Value of the dimension; `unknown` for events that carry no device type or no country.'),
    ...windowFields,
    impressions: wholeNumber.describe('Accepted impressions in the window.'),
    clicks: wholeNumber.describe('Accepted clicks in the window, attributed or not.'),
    ctr: ratio.describe(
      'clicks / impressions; null where there was no impression. Above 1 when clicks outnumber them.',
    ),
    cost_micros: wholeNumber.describe(
      'Paid for these impressions, in millionths of a US dollar; an impression without a cost adds 0.',
    ),
    unique_users: wholeNumber.describe('Distinct user_id among the impressions and clicks together.'),
  }),
);
