import {
  FRAUD_RULES,
  INVALID_REASONS,
  nullableFields,
  RECORD_TYPES,
  type FraudRule,
  type InvalidReason,
} from '@ad-analytics/event-schemas';
import { defaultRuleLimits } from '@ad-analytics/pipeline-settings';
import type { Input, Results, SourceRecord } from './input';
import type { VerifySettings } from './settings';

/** The start of every sample: noon of a day, in milliseconds since the epoch. */
export const NOON = Date.parse('2026-11-23T12:00:00.000Z');

/** @param seconds after noon @returns the time in the format of the contract */
export function at(seconds: number): string {
  return new Date(NOON + Math.round(seconds * 1000)).toISOString();
}

/** The defaults of the contract at the time when the expected values of the tests were computed by hand. */
export const SAMPLE_SETTINGS: VerifySettings = {
  streams: { impression: 'imps', click: 'clicks' },
  maxOutOfOrdernessMs: 5_000,
  idleTimeoutMs: 10_000,
  maxFutureMs: 60_000,
  attributionWindowMs: 600_000,
  metricsWindowMs: 60_000,
  engagementWindowMs: 300_000,
  engagementSlideMs: 60_000,
  fraud: {
    tooFastClickMillis: 500,
    shortWindowSeconds: 60,
    shortSlideSeconds: 10,
    longWindowSeconds: 600,
    longSlideSeconds: 60,
    // Settings of rules that were added later.
    ...defaultRuleLimits,
    clickVelocityThreshold: 10,
    impressionFloodIpThreshold: 300,
    impressionFloodUserThreshold: 120,
    abnormalCtrMinImpressions: 10,
    abnormalCtrThreshold: 0.5,
    publisherCtrZThreshold: 3,
    publisherCtrMinImpressions: 100,
    publisherCtrTrailingWindows: 24,
    publisherCtrMinWindows: 6,
    metronomeMinClicks: 6,
    metronomeVariationThreshold: 0.1,
    unattributedBurstThreshold: 5,
    idFanOutThreshold: 20,
    alertsEnabled: Object.fromEntries(FRAUD_RULES.map((rule) => [rule, true])) as Record<FraudRule, boolean>,
    reasonsEnabled: Object.fromEntries(INVALID_REASONS.map((reason) => [reason, true])) as Record<
      InvalidReason,
      boolean
    >,
  },
};

/** @param seconds event time after noon @param fields that differ from the sample's */
export function impression(id: string, seconds: number, fields: object = {}): object {
  return {
    impression_id: id,
    event_time: at(seconds),
    user_id: 'u1',
    campaign_id: 'c1',
    ad_id: 'a1',
    publisher_id: 'p1',
    ...fields,
  };
}

/** @param of impression_id @param seconds event time after noon @param fields that differ from the sample's */
export function click(id: string, of: string, seconds: number, fields: object = {}): object {
  return { click_id: id, ...impression(of, seconds, fields) };
}

/** A record of a sample stream: an event or raw text, with its shard and its arrival in seconds after noon. */
export interface SampleRecord {
  readonly event: object | string;
  readonly shard?: string;
  readonly arrived?: number;
}

/** @returns an input with positions: the sequence number is the index in the list */
export function sampleInput(records: readonly SampleRecord[]): Input {
  async function* all(): AsyncGenerator<SourceRecord> {
    for (const [place, { event, shard = 's0', arrived = 3_600 }] of records.entries()) {
      const text = typeof event === 'string' ? event : JSON.stringify(event);
      yield { shard, sequence: String(place), arrivalTime: NOON + arrived * 1000, data: Buffer.from(text) };
    }
  }
  return { hasPositions: true, records: all };
}

/** @returns the same without positions, as read from a file */
export function withoutPositions(input: Input): Input {
  async function* all(): AsyncGenerator<SourceRecord> {
    for await (const record of input.records()) yield { ...record, sequence: undefined, arrivalTime: undefined };
  }
  return { hasPositions: false, records: all };
}

/** @returns a result record with the envelope of the contract; nullable fields are null by default */
export function result(recordType: string, id: string, eventTime: string, payload: object): object {
  const type = RECORD_TYPES.find((known) => known === recordType);
  const nulls = Object.fromEntries((type === undefined ? [] : nullableFields(type)).map((field) => [field, null]));
  return {
    record_type: recordType,
    record_id: `${recordType}:${id}`,
    schema_version: 1,
    event_time: eventTime,
    [recordType]: { ...nulls, ...payload },
  };
}

/** @returns results, delivered in the list's order */
export function sampleResults(records: readonly object[]): Results {
  async function* all(): AsyncGenerator<Uint8Array> {
    for (const record of records) yield Buffer.from(JSON.stringify(record));
  }
  return { records: all };
}
