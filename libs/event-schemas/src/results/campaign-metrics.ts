import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { ID_TIME, resultSchema } from './envelope';

/** The fields by which impressions and clicks are counted. */
export const DIMENSIONS = ['campaign', 'ad', 'publisher', 'device_type', 'country'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const campaignMetricsSchema = resultSchema(
  'campaign_metrics',
  {
    title: 'Campaign metrics',
    description:
      'One record per window, dimension and key: real-time gross figures that do not wait for attribution. Impressions and clicks each count by their own event time.',
    recordId: `(?:${DIMENSIONS.join('|')}):${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the window',
  },
  z.object({
    dimension: z.enum(DIMENSIONS).describe('The field that the figures are grouped by.'),
    key: identifier.describe('Value of the dimension; `unknown` for events without a device type or country.'),
    ...windowFields,
    impressions: wholeNumber.describe('Accepted impressions in the window.'),
    clicks: wholeNumber.describe('Accepted clicks in the window, attributed or not.'),
    ctr: ratio.describe(
      'clicks / impressions; null if the window has no impressions, above 1 if it has more clicks than impressions.',
    ),
    cost_micros: wholeNumber.describe(
      'Cost of these impressions, in millionths of a US dollar; an impression without a cost adds 0.',
    ),
    unique_users: wholeNumber.describe('Distinct user_ids of the impressions and clicks together.'),
  }),
);
