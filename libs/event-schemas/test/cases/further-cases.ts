import type { RecordType } from '../../src';
import { ACTOR_TYPES, DIMENSIONS, FRAUD_RULES, MAX_RAW_BYTES, SEVERITIES, SOURCES } from '../../src';
import type { Fields } from './case';

/** Cases of a type of result besides those that follow from its schema. */
export interface FurtherCases {
  /** Valid payloads, as changes to the fields of the example. */
  readonly valid?: Readonly<Record<string, Fields>>;
  /** Values that must be refused, by field. */
  readonly invalid?: Readonly<Record<string, readonly unknown[]>>;
  /** Ids of a wrong form. */
  readonly wrongIds?: readonly string[];
}

const START = '2026-11-23T10:00:00.000Z';
const LONGEST_RAW = Buffer.alloc(MAX_RAW_BYTES, 'x').toString('base64');
const WRONG_POSITIONS = ['', 'ClicksStreamInput', 'ClicksStreamInput:shardId-000000000000', '::', 'a:b:c', 'a:b:1:'];

/** @returns one changed payload for each value of an enumerated field */
const each = (field: string, values: readonly string[]): Record<string, Fields> =>
  Object.fromEntries(values.map((value) => [`${field}: ${value}`, { [field]: value }]));

export const FURTHER_CASES: Readonly<Partial<Record<RecordType, FurtherCases>>> = {
  attributed_click: {
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
  unattributed_click: { wrongIds: ['click-1', 'attributed_click:click-1'] },
  campaign_metrics: {
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
    valid: { 'no clicks': { attributed_clicks: 0, valid_clicks: 0, ctr: 0, valid_ctr: 0 } },
    invalid: { valid_clicks: [0.5], cost_micros: [0.5] },
    wrongIds: [`attribution_metrics:campaign-1:${START}`],
  },
  fraud_alert: {
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
    valid: { 'least score': { score: 0 }, 'greatest score': { score: 100 } },
    invalid: { score: [100.01, -0.01], distinct_campaigns: [1.5] },
    wrongIds: ['user_engagement:user-1'],
  },
  late_event: {
    valid: each('source', SOURCES),
    invalid: { source: ['clicks', ''], lateness_ms: [0.5] },
    wrongIds: WRONG_POSITIONS.map((position) => `late_event:${position}`),
  },
  rejected_event: {
    valid: {
      ...each('source', SOURCES),
      'empty record': { raw: '', raw_length: 0 },
      'record that the job withholds': { raw: null, raw_length: 5 },
      'record cut at 64 KiB': { raw: LONGEST_RAW, raw_length: 10 * 1024 * 1024 },
    },
    invalid: { source: ['impressions'], reason: [''], raw: ['hello!', 'aGVsbG8', `${LONGEST_RAW}AAAA`, 'aGVs\n'] },
    wrongIds: WRONG_POSITIONS.map((position) => `rejected_event:${position}`),
  },
};
