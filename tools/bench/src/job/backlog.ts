import {
  ATTACKS,
  type Emission,
  HARD_NEGATIVES,
  type TrafficSettings,
  generateTraffic,
} from '@ad-analytics/traffic-model';
import { recordTraffic } from '@ad-analytics/job-checks/replay-check/recording';

/** In the past on every machine, because a record from the future is rejected. At the start of a minute, like the windows. */
const START = Date.parse('2024-06-03T10:00:00.000Z');
/** Share of records that are late, repeated, malformed, and of clicks without an impression: much higher than in real traffic. */
const SHARE_AMISS = 0.02;

/** Which backlog to make. */
export interface BacklogPlan {
  /** Records of both streams together. */
  readonly events: number;
  readonly seed: number;
  /** Ordinary events per second of event time; attacks come on top. */
  readonly rate: number;
  /** Ids of impressions spelt so that the shards are filled unevenly, so read to very different event times. */
  readonly skewed: boolean;
}

/** @returns settings of its traffic, with every attack, every hard negative, and many invalid records */
function trafficSettings({ seed, rate }: BacklogPlan): TrafficSettings {
  return {
    seed,
    startTime: START,
    rate,
    shares: { late: SHARE_AMISS, duplicate: SHARE_AMISS, malformed: SHARE_AMISS, orphanClick: SHARE_AMISS },
    scenarios: Object.fromEntries([...ATTACKS, ...HARD_NEGATIVES].map((name) => [name, 1])),
  };
}

/** @returns the records of a backlog in order of arrival; the same ones at every call */
export function* backlog(plan: BacklogPlan): Generator<Pick<Emission, 'stream' | 'data'>> {
  const settings = trafficSettings(plan);
  let events = 0;
  for (const record of plan.skewed ? recordTraffic(settings) : generateTraffic(settings)) {
    if (events === plan.events) return;
    events += 1;
    yield record;
  }
}
