import { z } from 'zod';
import { identifier, windowFields, wholeNumber } from '../fields';
import { defineResult } from './define-result';

export const campaignCost = defineResult(
  'campaign_cost',
  {
    title: 'Campaign cost',
    description: 'One record per impression window and campaign with a valid click: the cost per valid click.',
    recordId: ['window_start', 'campaign_id'],
    eventTime: 'The end of the impression window',
    waitsForAttribution: true,
    docs: {
      per: 'window and campaign with a valid click',
      question: 'what does a valid click of each campaign cost?',
      window: "tumbling, `metrics.window.seconds`, by the impression's time",
    },
    contains: 'cost per valid click on the impressions of one window and campaign',
    person: 'many users',
    example: {
      eventTime: '2026-11-23T10:01:00.000Z',
      fields: {
        campaign_id: 'campaign-1',
        window_start: '2026-11-23T10:00:00.000Z',
        window_end: '2026-11-23T10:01:00.000Z',
        valid_clicks: 20,
        cost_per_click_micros: 125000,
      },
    },
    serving: {
      retentionDays: 30,
      writeShards: 1,
      subject: ['campaign_id'],
      byTime: { window: ['window_start'], rank: [{ field: 'cost_per_click_micros', as: 'count' }] },
    },
  },
  z.object({
    campaign_id: identifier.describe('The campaign of the impressions.'),
    ...windowFields,
    valid_clicks: wholeNumber.describe('Attributed clicks without an invalid reason.'),
    cost_per_click_micros: wholeNumber.describe(
      'Cost of the impressions divided by valid_clicks, in millionths of a US dollar, rounded.',
    ),
  }),
);
