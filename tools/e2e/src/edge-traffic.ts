import { type Click, type Impression, formatEventTime } from '@ad-analytics/event-schemas';
import type { Emission, Label } from '@ad-analytics/traffic-model';

/** Enough events of the tail to reach every one of a few shards. */
const TAIL_EVENTS = 24;

const NOBODY = { attack: null, hard_negative: null, actor: null, malformed_kind: null } as const;

function emission(startTime: number, event: Impression | Click): Emission {
  const isClick = 'click_id' in event;
  const label: Label = {
    ...NOBODY,
    event_id: isClick ? event.click_id : event.impression_id,
    event_kind: isClick ? 'click' : 'impression',
    event_time: event.event_time,
    arrival_ms: Date.parse(event.event_time) - startTime,
    anomaly: 'none',
    clicked_impression_id: isClick ? event.impression_id : null,
    user_id: event.user_id,
    ip: '',
    publisher_id: event.publisher_id,
    user_agent: null,
  };
  return {
    stream: isClick ? 'clicks' : 'impressions',
    partitionKey: event.impression_id,
    data: JSON.stringify(event),
    arrivalMs: label.arrival_ms,
    label,
  };
}

/**
 * Clicks exactly at the ends of the attribution window and of a metrics window. They are written by hand, because random traffic rarely
 * contains them.
 * @param startTime of the whole run, milliseconds since the epoch
 * @param at time of the first of these impressions: the start of a window, after all other traffic
 * @param attributionSeconds length of the attribution window
 * @returns in order of arrival, with a tail of events that moves every shard's watermark past the last edge
 */
export function edgeTraffic(startTime: number, at: number, attributionSeconds: number): Emission[] {
  const ids = { user_id: 'edge-user', campaign_id: 'edge-campaign', ad_id: 'edge-ad', publisher_id: 'edge-publisher' };
  const windowMs = attributionSeconds * 1_000;
  const impression = (name: string, time: number): Impression => ({
    ...ids,
    impression_id: `edge-${name}`,
    event_time: formatEventTime(time),
  });
  const click = (name: string, impressionName: string, time: number): Click => ({
    ...ids,
    click_id: `edge-click-${name}`,
    impression_id: `edge-${impressionName}`,
    event_time: formatEventTime(time),
  });
  const names = ['at-once', 'too-early', 'last-ms', 'too-late'];
  const events: (Impression | Click)[] = [
    ...names.map((name) => impression(name, at)),
    click('too-early', 'too-early', at - 1),
    click('at-once', 'at-once', at),
    // Delayed: the click on it arrives first.
    impression('passed', at + 4_000),
    click('overtaking', 'overtaken', at + 2_500),
    impression('overtaken', at + 2_000),
    click('last-ms', 'last-ms', at + windowMs),
    click('too-late', 'too-late', at + windowMs + 1),
  ];
  const tail = at + 2 * windowMs;
  for (let index = 0; index < TAIL_EVENTS; index += 1) {
    events.push(impression(`tail-${index}`, tail + index), click(`tail-${index}`, `tail-${index}`, tail + 500 + index));
  }
  return events.map((event) => emission(startTime, event));
}
