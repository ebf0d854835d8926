import * as fc from 'fast-check';
import { anyId } from '@ad-analytics/any-text';
import { DEVICE_TYPES, formatEventTime } from '@ad-analytics/event-schemas';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import type { Choice } from '@ad-analytics/fault-proxy/choice';

/** When the first event happens. On the edge of a window of any length used here. */
const START = Date.parse('2024-06-03T10:00:00.000Z');
/** Time between two arrivals. */
const STEP_MS = 20;
/** Different ids in each field: so few that windows have more than one event of a key. */
const POOL = 40;
/** A click refers to one of this many previous impressions. */
const RECENT = 300;

const USER_AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Googlebot/2.1 (+http://www.google.com/bot.html)',
  'okhttp/4.12.0',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 [FBAN/FB4A;FBAV/466.0.0;] MetaIAB Facebook',
  '',
  '\u0000\u202e\u{1f600}<script>=1+1',
];
/** Addresses in several notations, and the greatest IPv4 address. */
const ADDRESSES = [
  '203.0.113.7',
  '203.0.113.8',
  '255.255.255.255',
  '2001:db8::ff00:42:8329',
  '2001:DB8::FF00:42:8329',
  '::ffff:192.0.2.1',
  '::',
];
const SIZES = [null, [300, 250], [1, 1], [0, 0], [Number.MAX_SAFE_INTEGER, 1]] as const;

/** A valid event before it is made hostile. */
export interface HostileEvent {
  readonly stream: TrafficStream;
  readonly event: Readonly<Record<string, unknown>>;
  /** Event time and arrival, milliseconds since the epoch. */
  readonly time: number;
  readonly arrival: number;
}

/** Valid events with ids of every plane, some late, some from clocks that are ahead, some clicks without an impression, some repeated. */
export class HostileEvents {
  private readonly ids: readonly string[];
  private readonly recent: { id: string; time: number }[] = [];
  private count = 0;

  constructor(
    seed: number,
    private readonly choice: Choice,
  ) {
    // Shortened, so that an id with an appended name stays within the maximum length.
    this.ids = fc.sample(anyId, { seed, numRuns: POOL }).map((id) => [...id].slice(0, 100).join(''));
  }

  /** @returns the next one */
  next(): HostileEvent {
    const { choice } = this;
    const arrival = START + (this.count += 1) * STEP_MS;
    const time = arrival - this.behind();
    const optional = (key: string, values: readonly unknown[]) => (choice.oneIn(2) ? { [key]: choice.of(values) } : {});
    const impression = this.impressionId(time);
    const isClick = impression.clicked;
    const size = choice.of(SIZES);
    const event = {
      ...(isClick ? { click_id: `${choice.of(this.ids)}-${choice.name()}` } : {}),
      impression_id: impression.id,
      event_time: formatEventTime(time),
      user_id: choice.of(this.ids),
      campaign_id: choice.of(this.ids),
      ad_id: choice.of(this.ids),
      publisher_id: choice.of(this.ids.slice(0, 4)),
      ...optional('device_type', [...DEVICE_TYPES, null]),
      ...optional('country', ['DE', 'XK', null]),
      ...optional('ip', [...ADDRESSES, null]),
      ...optional('user_agent', USER_AGENTS),
      ...(isClick ? {} : optional('cost_micros', [0, 1, 2_500, 1_000_000_000, null])),
      ...(isClick || size === null ? {} : { width: size[0], height: size[1] }),
    };
    return { stream: isClick ? 'clicks' : 'impressions', event, time, arrival };
  }

  /** @returns milliseconds from the event to its arrival; negative where the clock of the producer is ahead */
  private behind(): number {
    const { choice } = this;
    if (choice.oneIn(40)) return choice.of([5_001, 15_000, 600_000, 86_400_000]);
    if (choice.oneIn(40)) return -choice.of([1, 5_001, 45_000, 60_000, 60_001, 3_600_000]);
    return choice.below(4_000);
  }

  /** @returns the id of the impression that the event is about, and whether the event is a click on it */
  private impressionId(time: number): { id: string; clicked: boolean } {
    const { choice, recent } = this;
    if (choice.oneIn(4)) {
      const known = recent.filter((impression) => impression.time <= time);
      const id =
        known.length === 0 || choice.oneIn(10) ? `${choice.of(this.ids)}-${choice.name()}` : choice.of(known).id;
      return { id, clicked: true };
    }
    const id = `${choice.of(this.ids)}-${choice.name()}`;
    recent.push({ id, time });
    if (recent.length > RECENT) recent.shift();
    return { id, clicked: false };
  }
}
