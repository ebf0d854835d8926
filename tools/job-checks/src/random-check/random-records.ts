import * as fc from 'fast-check';
import { formatEventTime } from '@ad-analytics/event-schemas';
import type { Emission } from '@ad-analytics/traffic-model';
import { type Fault, ID_ENDINGS, IGNORED, type RandomEvent, SCENARIO, SLOT_SECONDS } from './scenario';

/** On the edge of a window of any length used here. */
export const START = Date.parse('2024-06-03T10:00:00.000Z');

/** @returns the scenarios of a seed; the same ones at every call */
export function randomScenarios(plan: { readonly seed: number; readonly scenarios: number }): RandomEvent[][] {
  return fc.sample(SCENARIO, { seed: plan.seed, numRuns: plan.scenarios });
}

/** @returns when a scenario starts, milliseconds since the epoch */
const startOf = (place: number) => START + place * SLOT_SECONDS * 1_000;

/** @returns the event in the form of the contract, without null fields; names begin with that of the scenario, so scenarios do not interact */
function eventOf(event: RandomEvent, place: number): Record<string, unknown> {
  const name = (kind: string, value: number) =>
    `s${place}-${kind}${value}${ID_ENDINGS[(place + value) % ID_ENDINGS.length]}`;
  const optional = <T>(key: string, value: T | null) => (value === null ? {} : { [key]: value });
  const isClick = event.stream === 'clicks';
  return {
    // A click id belongs to one impression, whose id is the partition key. So all events with this click id are in one shard and have an order.
    ...(isClick ? { click_id: `k${event.click}-${name('i', event.impression)}` } : {}),
    impression_id: name('i', event.impression),
    event_time: formatEventTime(startOf(place) + event.time + event.skew),
    user_id: name('u', event.user),
    campaign_id: name('c', event.campaign),
    ad_id: name('a', event.campaign),
    publisher_id: name('p', event.publisher),
    ...optional('device_type', event.deviceType),
    ...optional('country', event.country),
    ...optional('ip', event.ip === null ? null : `10.${place >> 8}.${place & 255}.${event.ip}`),
    ...optional('user_agent', event.userAgent),
    ...(isClick ? {} : optional('cost_micros', event.cost)),
    ...(isClick || event.size === null ? {} : { width: event.size[0], height: event.size[1] }),
  };
}

/** @returns the record as a faulty producer sends it */
function faulty(event: Record<string, unknown>, fault: Fault): string | Buffer {
  switch (fault) {
    case 'cut_off':
      return JSON.stringify(event).slice(0, -1);
    case 'missing_field':
      return JSON.stringify({ ...event, user_id: undefined });
    case 'wrong_type':
      return JSON.stringify({ ...event, campaign_id: 7 });
    case 'unparsable_time':
      return JSON.stringify({ ...event, event_time: 'yesterday' });
    case 'unknown_device':
      return JSON.stringify({ ...event, device_type: 'fridge' });
    case 'empty_id':
      return JSON.stringify({ ...event, ad_id: '' });
    case 'huge_cost':
      // Only impressions have this field. A click ignores it, so its id is made invalid instead.
      return JSON.stringify({ ...event, cost_micros: 5e15, ...('click_id' in event ? { click_id: 7 } : {}) });
    case 'year_one':
      return JSON.stringify({ ...event, event_time: '0001-01-01T00:00:00.000Z' });
    case 'half_a_pair':
      return JSON.stringify({ ...event, publisher_id: 'p\ud835' });
    case 'not_utf8':
      return Buffer.from(JSON.stringify({ ...event, user_id: 'caf\u00e9' }), 'latin1');
    case 'bare_emoji':
      return withMember(JSON.stringify(event), '"x":\u{1f600}');
    case 'nested_too_deep':
      return withMember(JSON.stringify(event), `"x":${'['.repeat(1_000)}${']'.repeat(1_000)}`);
  }
}

/** @returns the JSON text of an object with one more member */
const withMember = (json: string, member: string) => `${json.slice(0, -1)},${member}}`;

/** @returns the record in the form of a correct producer */
function sound(event: Record<string, unknown>, ignored: RandomEvent['ignored']): string {
  const json = JSON.stringify(event);
  return ignored === null ? json : withMember(json, IGNORED[ignored]);
}

/** A record of one of the streams, and when it arrives there, milliseconds since the epoch. */
export interface RandomRecord extends Pick<Emission, 'stream' | 'data'> {
  readonly arrival: number;
}

/**
 * @param scenarios one after the other in event time @returns their records, by arrival within a scenario; records with the same arrival
 * keep the order of the list
 */
export function* randomRecords(scenarios: readonly RandomEvent[][]): Generator<RandomRecord> {
  for (const [place, events] of scenarios.entries()) {
    const arrived = events.toSorted((a, b) => a.time + a.delay - (b.time + b.delay));
    for (const event of arrived) {
      const sent = eventOf(event, place);
      yield {
        stream: event.stream,
        arrival: startOf(place) + event.time + event.delay,
        data: event.fault === null ? sound(sent, event.ignored) : faulty(sent, event.fault),
      };
    }
  }
}
