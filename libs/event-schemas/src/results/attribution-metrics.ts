import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { ID_TIME, resultSchema } from './envelope';

export const attributionMetricsSchema = resultSchema(
  'attribution_metrics',
  {
    title: 'Attribution metrics',
    description:
      'One record per impression window and campaign, written once the attribution window has closed: the settled figures. A click counts in the window of its impression.',
    recordId: `${ID_TIME}:[\\s\\S]+`,
    eventTime: 'The end of the impression window',
  },
  z.object({
    campaign_id: identifier.describe('The campaign of the impressions.'),
    ...windowFields,
    impressions: wholeNumber.describe('Accepted impressions in the window.'),
    attributed_clicks: wholeNumber.describe('Clicks attributed to these impressions.'),
    valid_clicks: wholeNumber.describe('Attributed clicks without an invalid reason.'),
    ctr: ratio.describe('attributed_clicks / impressions; null if the window has no impressions.'),
    valid_ctr: ratio.describe('valid_clicks / impressions; null if the window has no impressions.'),
    cost_micros: wholeNumber.describe(
      'Cost of these impressions, in millionths of a US dollar; an impression without a cost adds 0.',
    ),
  }),
);
