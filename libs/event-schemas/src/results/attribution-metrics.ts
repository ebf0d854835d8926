import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { defineResult } from './define-result';

export const attributionMetrics = defineResult(
  'attribution_metrics',
  {
    title: 'Attribution metrics',
    description:
      'One record per impression window and campaign, written once the attribution window has closed: the settled figures. A click counts in the window of its impression.',
    recordId: ['window_start', 'campaign_id'],
    eventTime: 'The end of the impression window',
    waitsForAttribution: true,
    docs: {
      per: 'window and campaign: settled, gross and net figures',
      question: "what are the settled results of each campaign's impressions?",
      window: "tumbling, `metrics.window.seconds`, by the impression's time",
    },
    contains: 'the outcome of the impressions of one window and campaign',
    person: 'many users',
    example: {
      eventTime: '2026-11-23T10:01:00.000Z',
      fields: {
        campaign_id: 'campaign-1',
        window_start: '2026-11-23T10:00:00.000Z',
        window_end: '2026-11-23T10:01:00.000Z',
        impressions: 1000,
        attributed_clicks: 25,
        valid_clicks: 20,
        ctr: 0.025,
        valid_ctr: 0.02,
        cost_micros: 2500000,
      },
    },
    serving: {
      // Compared year on year.
      retentionDays: 400,
      writeShards: 1,
      subject: ['campaign_id'],
      byTime: {
        window: ['window_start'],
        rank: [
          { field: 'valid_ctr', as: 'rate' },
          { field: 'impressions', as: 'count' },
        ],
      },
    },
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
