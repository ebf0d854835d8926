import type { RecordType } from '../../src';
import { ACTOR_TYPES, DIMENSIONS, FRAUD_RULES, MAX_RAW_BYTES, SEVERITIES } from '../../src';
import type { Fields } from './case';

/** One type of result, and where its fields differ from what all types have in common. */
export interface Payload {
  recordId: string;
  eventTime: string;
  fields: Fields;
  /** Fields that may be null, by the contract. */
  nullable: string[];
  /** Further valid payloads, as changes to `fields`. */
  valid: Record<string, Fields>;
  /** Values that must be refused, by field. */
  invalid: Record<string, unknown[]>;
  /** Ids of a wrong form. */
  wrongIds: string[];
}

const START = '2026-11-23T10:00:00.000Z';
const END = '2026-11-23T10:01:00.000Z';
const WINDOW = { window_start: START, window_end: END };

const CLICK = {
  click_id: 'click-1',
  impression_id: 'imp-1',
  user_id: 'user-1',
  campaign_id: 'campaign-1',
  ad_id: 'ad-1',
  publisher_id: 'publisher-1',
};

const RAW = Buffer.from('hello').toString('base64');
const LONGEST_RAW = Buffer.alloc(MAX_RAW_BYTES, 'x').toString('base64');
const WRONG_POSITIONS = ['', 'ClicksStreamInput', 'ClicksStreamInput:shardId-000000000000', '::', 'a:b:c', 'a:b:1:'];

/** @returns one changed payload for each value of an enumerated field */
const each = (field: string, values: readonly string[]): Record<string, Fields> =>
  Object.fromEntries(values.map((value) => [`${field}: ${value}`, { [field]: value }]));

export const PAYLOADS: Record<RecordType, Payload> = {
  attributed_click: {
    recordId: 'attributed_click:click-1',
    eventTime: '2026-11-23T10:00:02.500Z',
    fields: {
      ...CLICK,
      device_type: 'mobile',
      country: 'US',
      impression_time: START,
      click_time: '2026-11-23T10:00:02.500Z',
      time_to_click_ms: 2500,
      cost_micros: 2500,
      invalid_reasons: [],
    },
    nullable: ['device_type', 'country', 'cost_micros'],
    valid: {
      'click in the millisecond of the impression': { time_to_click_ms: 0, invalid_reasons: ['too_fast_click'] },
      'every invalid reason': {
        invalid_reasons: ['duplicate_click', 'too_fast_click', 'invalid_placement', 'known_bot'],
      },
    },
    invalid: {
      time_to_click_ms: [0.5],
      cost_micros: [0.5],
      country: ['us'],
      device_type: ['watch'],
      invalid_reasons: ['duplicate_click', ['unheard_of'], [null], [1]],
    },
    wrongIds: ['click-1', 'attributed_click'],
  },
  unattributed_click: {
    recordId: 'unattributed_click:click-1',
    eventTime: '2026-11-23T10:00:02.500Z',
    fields: { ...CLICK, click_time: '2026-11-23T10:00:02.500Z' },
    nullable: [],
    valid: {},
    invalid: {},
    wrongIds: ['click-1', 'attributed_click:click-1'],
  },
  campaign_metrics: {
    recordId: `campaign_metrics:campaign:${START}:campaign-1`,
    eventTime: END,
    fields: {
      dimension: 'campaign',
      key: 'campaign-1',
      ...WINDOW,
      impressions: 1000,
      clicks: 25,
      ctr: 0.025,
      cost_micros: 2500000,
      unique_users: 640,
    },
    nullable: ['ctr'],
    valid: {
      ...each('dimension', DIMENSIONS),
      'clicks without an impression': { impressions: 0, clicks: 2, ctr: null, cost_micros: 0, unique_users: 2 },
      'more clicks than impressions': { impressions: 1, clicks: 3, ctr: 3 },
      'no clicks': { clicks: 0, ctr: 0 },
    },
    invalid: {
      dimension: ['user', 'Campaign', ''],
      key: ['', 'x'.repeat(129)],
      impressions: [0.5],
      unique_users: [0.5],
    },
    wrongIds: [
      `campaign_metrics:user:${START}:user-1`,
      `campaign_metrics:campaign:${START}:`,
      'campaign_metrics:campaign:2026-11-23T10:00:00Z:campaign-1',
    ],
  },
  attribution_metrics: {
    recordId: `attribution_metrics:${START}:campaign-1`,
    eventTime: END,
    fields: {
      campaign_id: 'campaign-1',
      ...WINDOW,
      impressions: 1000,
      attributed_clicks: 25,
      valid_clicks: 20,
      ctr: 0.025,
      valid_ctr: 0.02,
      cost_micros: 2500000,
    },
    nullable: ['ctr', 'valid_ctr'],
    valid: { 'no clicks': { attributed_clicks: 0, valid_clicks: 0, ctr: 0, valid_ctr: 0 } },
    invalid: { valid_clicks: [0.5], cost_micros: [0.5] },
    wrongIds: [`attribution_metrics:campaign-1:${START}`],
  },
  fraud_alert: {
    recordId: `fraud_alert:click_velocity_ip:ip:${START}:203.0.113.7`,
    eventTime: END,
    fields: {
      rule: 'click_velocity_ip',
      actor_type: 'ip',
      actor_id: '203.0.113.7',
      ...WINDOW,
      observed: 31,
      threshold: 10,
      severity: 'high',
    },
    nullable: [],
    valid: {
      ...each('rule', FRAUD_RULES),
      ...each('actor_type', ACTOR_TYPES),
      ...each('severity', SEVERITIES),
      'a ratio': { rule: 'abnormal_ctr', actor_type: 'user', actor_id: 'user-1', observed: 0.75, threshold: 0.5 },
    },
    invalid: { rule: ['unheard_of', ''], actor_type: ['campaign', 'IP'], severity: ['urgent', 3] },
    wrongIds: [
      `fraud_alert:unheard_of:ip:${START}:203.0.113.7`,
      `fraud_alert:click_velocity_ip:ip:203.0.113.7:${START}`,
    ],
  },
  user_engagement: {
    recordId: `user_engagement:${START}:user-1`,
    eventTime: '2026-11-23T10:05:00.000Z',
    fields: {
      user_id: 'user-1',
      window_start: START,
      window_end: '2026-11-23T10:05:00.000Z',
      impressions: 40,
      clicks: 3,
      distinct_campaigns: 5,
      score: 62.5,
    },
    nullable: [],
    valid: { 'least score': { score: 0 }, 'greatest score': { score: 100 } },
    invalid: { score: [100.01, -0.01], distinct_campaigns: [1.5] },
    wrongIds: ['user_engagement:user-1'],
  },
  late_event: {
    recordId:
      'late_event:ClicksStreamInput:shardId-000000000000:49590338271490256608559692538361571095921575989136588898',
    eventTime: START,
    fields: { source: 'click', event_id: 'click-1', event_time: START, lateness_ms: 5001 },
    nullable: [],
    valid: each('source', ['impression', 'click']),
    invalid: { source: ['clicks', ''], lateness_ms: [0.5] },
    wrongIds: WRONG_POSITIONS.map((position) => `late_event:${position}`),
  },
  rejected_event: {
    recordId: 'rejected_event:AdImpressionsStreamInput:shardId-000000000001:4959033827149025660855969253836157:3',
    eventTime: START,
    fields: { source: 'impression', reason: 'not valid JSON: unexpected token', raw: RAW, raw_length: 5 },
    nullable: [],
    valid: {
      ...each('source', ['impression', 'click']),
      'empty record': { raw: '', raw_length: 0 },
      'record cut at 64 KiB': { raw: LONGEST_RAW, raw_length: 10 * 1024 * 1024 },
    },
    invalid: { source: ['impressions'], reason: [''], raw: ['hello!', 'aGVsbG8', `${LONGEST_RAW}AAAA`, 'aGVs\n'] },
    wrongIds: WRONG_POSITIONS.map((position) => `rejected_event:${position}`),
  },
};
