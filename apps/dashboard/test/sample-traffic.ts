/** A quarter of an hour of results like those of the demo; deterministic for the same end time. */
import type { InvalidReason, ResultRecord } from '@ad-analytics/event-schemas';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  alertOf,
  clickOf,
  engagementOf,
  lateOf,
  rejectedOf,
  settledOf,
  trafficOf,
  unattributedOf,
  WINDOW_MS,
} from './sample-results';

const CAMPAIGNS = 12;
const PUBLISHERS = 15;
const DEVICES = ['mobile', 'desktop', 'tablet', 'ctv', 'other', 'unknown'];
const COUNTRIES = ['US', 'DE', 'GB', 'FR', 'JP', 'BR', 'unknown'];
const INVALID: readonly InvalidReason[] = ['duplicate_click', 'too_fast_click', 'invalid_placement', 'known_bot'];
const twoDigits = (index: number) => String(index + 1).padStart(2, '0');

function random(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 2 ** 32;
}

/** Mean of the impressions and clicks of all windows: 420 impressions times 1 + 1/2 + ... + 1/12, and their clicks, in 10 s. */
export const SAMPLE_EVENTS_PER_SECOND = 136;

/**
 * @param start of the window, milliseconds since the epoch @param settled whether its attribution is final
 * @param scale times {@link SAMPLE_EVENTS_PER_SECOND}
 * @returns all results of one window of the metrics
 */
export function sampleWindow(start: number, settled: boolean, scale = 1): ResultRecord[] {
  const next = random(start / WINDOW_MS);
  const records: ResultRecord[] = [];
  const wave = 1 + 0.25 * Math.sin(start / 90_000);
  const total = { impressions: 0, clicks: 0 };
  for (let c = 0; c < CAMPAIGNS; c += 1) {
    const campaign = `campaign-${twoDigits(c)}`;
    const impressions = Math.round(((420 * scale) / (c + 1)) * wave * (0.85 + 0.3 * next()));
    const clicks = Math.round(impressions * (0.03 + 0.02 * Math.abs(Math.sin(c * 2.1))) * (0.7 + 0.6 * next()));
    let attributed = 0;
    let valid = 0;
    total.impressions += impressions;
    total.clicks += clicks;
    records.push(trafficOf(start, 'campaign', campaign, { impressions, clicks }));
    records.push(trafficOf(start, 'ad', `${campaign}-ad-1`, { impressions: Math.ceil(impressions * 0.6), clicks }));
    for (let k = 0; k < clicks; k += 1) {
      const id = `${start}-${c}-${k}`;
      const time = start + Math.floor(next() * WINDOW_MS);
      const kind = next();
      if (kind < 0.04) records.push(unattributedOf(id, time, campaign));
      else {
        const reason = kind < 0.16 ? INVALID[Math.floor(next() * next() * INVALID.length)] : undefined;
        attributed += 1;
        if (reason === undefined) valid += 1;
        const ids = { campaign_id: campaign, ad_id: `${campaign}-ad-1` };
        records.push(clickOf(id, time, { ...ids, invalid_reasons: reason ? [reason] : [] }));
      }
    }
    if (settled) records.push(settledOf(start, campaign, { impressions, attributed, valid }));
  }
  const shared = (dimension: 'publisher' | 'device_type' | 'country', keys: readonly string[]) =>
    keys.forEach((key, index) => {
      const share = 0.45 / (index + 1);
      const part = (value: number) => Math.round(value * share);
      records.push(
        trafficOf(start, dimension, key, { impressions: part(total.impressions), clicks: part(total.clicks) }),
      );
    });
  shared(
    'publisher',
    Array.from({ length: PUBLISHERS }, (_, index) => `publisher-${twoDigits(index)}`),
  );
  shared('device_type', DEVICES);
  shared('country', COUNTRIES);
  for (let k = 0; k < 4; k += 1)
    records.push(lateOf(`${start}${k}`, start + k * 1_000, k === 0 ? 'click' : 'impression'));
  if (next() < 0.6)
    records.push(
      rejectedOf(`${start}5`, start, 'impression', 'event_time: must be of the form 2026-11-23T10:00:00.000Z'),
    );
  if (next() < 0.4) records.push(rejectedOf(`${start}6`, start, 'click', 'user_id: is missing'));
  return records;
}

/** @returns alerts of every rule, with windows that end at or before `end` */
function sampleAlerts(end: number): ResultRecord[] {
  const ten = Math.floor(end / 10_000) * 10_000;
  const minute = Math.floor(end / 60_000) * 60_000;
  const farm = Array.from({ length: 6 }, (_, back) =>
    alertOf(ten - back * 10_000, { actor_id: '203.0.113.24', observed: 48 - 4 * back, severity: 'high' }),
  );
  return [
    ...farm,
    alertOf(ten - 20_000, { rule: 'impression_flood', actor_id: '2001:db8::17', observed: 412, threshold: 300 }),
    alertOf(ten - 50_000, {
      rule: 'unattributed_burst',
      actor_id: '198.51.100.7',
      observed: 19,
      threshold: 5,
      severity: 'high',
    }),
    alertOf(minute, { rule: 'known_bot', actor_id: '192.0.2.80', observed: 12, threshold: 0, severity: 'low' }),
    alertOf(
      minute,
      {
        rule: 'metronome',
        actor_type: 'user',
        actor_id: 'user-88123',
        observed: 0.0214,
        threshold: 0.1,
        severity: 'high',
      },
      600_000,
    ),
    alertOf(
      minute - 60_000,
      { rule: 'abnormal_ctr', actor_type: 'user', actor_id: 'user-20411', observed: 0.82, threshold: 0.5 },
      600_000,
    ),
    alertOf(minute - 60_000, { rule: 'id_fan_out', actor_id: '203.0.113.9', observed: 31, threshold: 20 }, 600_000),
    alertOf(
      ten - 70_000,
      {
        rule: 'publisher_ctr_anomaly',
        actor_type: 'publisher',
        actor_id: 'publisher-11',
        observed: 4.2071,
        threshold: 3,
      },
      WINDOW_MS,
    ),
    alertOf(ten - 90_000, {
      rule: 'click_velocity_user',
      actor_type: 'user',
      actor_id: 'user-88123',
      observed: 17,
      threshold: 10,
    }),
  ];
}

/** @returns scores of a few hundred users in the newest window that ended at or before `end` */
function sampleEngagement(end: number): ResultRecord[] {
  const start = Math.floor(end / 60_000) * 60_000 - 300_000;
  const next = random(7);
  return Array.from({ length: 400 }, (_, index) => {
    const score = Math.round(100 * 100 * next() ** 3) / 100;
    return engagementOf(start, `user-${10_000 + index * 37}`, {
      score,
      impressions: 1 + Math.floor(score / 6),
      clicks: Math.floor(score / 25),
      distinct_campaigns: 1 + Math.floor(score / 18),
    });
  });
}

/** @returns everything from `minutes` before `end` up to it; windows older than ten minutes are settled */
export function sampleTraffic(end: number, minutes = 20): ResultRecord[] {
  const last = Math.floor(end / WINDOW_MS) * WINDOW_MS - WINDOW_MS;
  const records = [...sampleAlerts(end), ...sampleEngagement(end)];
  for (let start = last; start > end - minutes * 60_000; start -= WINDOW_MS)
    records.push(...sampleWindow(start, start < end - 10 * 60_000));
  return records;
}
