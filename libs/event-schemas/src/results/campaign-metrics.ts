import { z } from 'zod';
import { identifier, ratio, windowFields, wholeNumber } from '../fields';
import { defineResult } from './define-result';

/** The fields by which impressions and clicks are counted. */
export const DIMENSIONS = ['campaign', 'ad', 'publisher', 'device_type', 'country'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const campaignMetrics = defineResult(
  'campaign_metrics',
  {
    title: 'Campaign metrics',
    description:
      'One record per window, dimension and key: real-time gross figures that do not wait for attribution. Impressions and clicks each count by their own event time.',
    recordId: ['dimension', 'window_start', 'key'],
    eventTime: 'The end of the window',
    docs: {
      per: 'window, dimension and key: early, gross figures',
      question: 'how does each campaign, ad, publisher, device type and country do right now?',
      window: 'tumbling, `metrics.window.seconds`',
    },
    contains: 'figures of one window, dimension and key',
    person: 'many users',
    example: {
      eventTime: '2026-11-23T10:01:00.000Z',
      fields: {
        dimension: 'campaign',
        key: 'campaign-1',
        window_start: '2026-11-23T10:00:00.000Z',
        window_end: '2026-11-23T10:01:00.000Z',
        impressions: 1000,
        clicks: 25,
        ctr: 0.025,
        cost_micros: 2500000,
        unique_users: 640,
      },
    },
    serving: {
      retentionDays: 30,
      writeShards: 1,
      subject: ['dimension', 'key'],
      byTime: {
        window: ['dimension', 'window_start'],
        rank: [
          { field: 'ctr', as: 'rate' },
          { field: 'impressions', as: 'count' },
        ],
      },
    },
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
