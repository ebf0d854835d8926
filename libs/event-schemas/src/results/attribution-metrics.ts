import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { ID_TIME, resultSchema } from './envelope';

export const attributionMetricsSchema = resultSchema(
  'attribution_metrics',
  {
    title: 'Attribution metrics',
    description:
      'One per impression window and campaign, once the attribution window has closed: the settled figures. Clicks count by the time of their impression.',
    recordId: `${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the impression window',
  },
  z.object({
    campaign_id: identifier.describe('The campaign of the impressions.'),
    ...windowFields,
    impressions: wholeNumber.describe('Accepted impressions in the window.'),
    attributed_clicks: wholeNumber.describe('Clicks attributed to these impressions.'),
    valid_clicks: wholeNumber.describe('Those of them without an invalid reason.'),
    ctr: ratio.describe('attributed_clicks / impressions; null where there was no impression.'),
    valid_ctr: ratio.describe('valid_clicks / impressions; null where there was no impression.'),
    cost_micros: wholeNumber.describe(
      'Paid for these impressions, in millionths of a US dollar; an impression without a cost adds 0.',
    ),
  }),
);
