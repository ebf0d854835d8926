import { z } from 'zod';
import type { FraudRule, InvalidReason } from '@ad-analytics/event-schemas';
import { alertSwitches, enabledAlerts, enabledReasons, reasonSwitches } from './rule-switches';
import { tiles } from './sliding-window';
import { duration, positiveDecimal, positiveDuration, wholeNumber } from './values';

/** Windows, thresholds and switches of the invalid-traffic rules, in the units of their names. */
export interface FraudSettings {
  /** A click sooner than this after its impression is invalid. */
  tooFastClickMillis: number;
  /** Sliding windows of the rules about velocity. */
  shortWindowSeconds: number;
  shortSlideSeconds: number;
  /** Sliding windows of the rules about behaviour. */
  longWindowSeconds: number;
  longSlideSeconds: number;
  /** An actor with more clicks than this in a short window is a finding. */
  clickVelocityThreshold: number;
  impressionFloodIpThreshold: number;
  impressionFloodUserThreshold: number;
  /** Fewer impressions say nothing about a user's click-through rate. */
  abnormalCtrMinImpressions: number;
  abnormalCtrThreshold: number;
  /** Standard deviations above the mean of the publisher's windows before. */
  publisherCtrZThreshold: number;
  /** Windows with fewer impressions are left out. */
  publisherCtrMinImpressions: number;
  /** How many windows before are compared with, at most and at least. */
  publisherCtrTrailingWindows: number;
  publisherCtrMinWindows: number;
  /** Fewer clicks say nothing about their rhythm. */
  metronomeMinClicks: number;
  /** Standard deviation over mean of the gaps between clicks; less than this is a machine's. */
  metronomeVariationThreshold: number;
  unattributedBurstThreshold: number;
  /** An address with more users than this in a long window is a finding. */
  idFanOutThreshold: number;
  /** Which rules raise alerts. A rule that is off still counts: switched on again, it has the past. */
  alertsEnabled: Readonly<Record<FraudRule, boolean>>;
  /** Which reasons make a click invalid. */
  reasonsEnabled: Readonly<Record<InvalidReason, boolean>>;
}

/** The state of the rule is so many numbers for each publisher. */
const MAX_TRAILING_WINDOWS = 1000;

const count = wholeNumber(1);

/** The group `Fraud` of the settings file. */
export const fraudGroup = z
  .strictObject({
    'too.fast.click.millis': duration,
    'short.window.seconds': positiveDuration,
    'short.slide.seconds': positiveDuration,
    'long.window.seconds': positiveDuration,
    'long.slide.seconds': positiveDuration,
    'click.velocity.threshold': count,
    'impression.flood.ip.threshold': count,
    'impression.flood.user.threshold': count,
    'abnormal.ctr.min.impressions': count,
    'abnormal.ctr.threshold': positiveDecimal,
    'publisher.ctr.z.threshold': positiveDecimal,
    'publisher.ctr.min.impressions': count,
    'publisher.ctr.trailing.windows': wholeNumber(1, MAX_TRAILING_WINDOWS),
    'publisher.ctr.min.windows': wholeNumber(1, MAX_TRAILING_WINDOWS),
    // Two clicks have one gap.
    'metronome.min.clicks': wholeNumber(2),
    'metronome.variation.threshold': positiveDecimal,
    'unattributed.burst.threshold': count,
    'id.fan.out.threshold': count,
    ...alertSwitches,
    ...reasonSwitches,
  })
  .refine(...tiles('short'))
  .refine(...tiles('long'))
  .refine((group) => group['publisher.ctr.min.windows'] <= group['publisher.ctr.trailing.windows'], {
    path: ['publisher.ctr.min.windows'],
    error: 'must be at most publisher.ctr.trailing.windows',
  })
  .transform((group): FraudSettings => ({
    tooFastClickMillis: group['too.fast.click.millis'],
    shortWindowSeconds: group['short.window.seconds'],
    shortSlideSeconds: group['short.slide.seconds'],
    longWindowSeconds: group['long.window.seconds'],
    longSlideSeconds: group['long.slide.seconds'],
    clickVelocityThreshold: group['click.velocity.threshold'],
    impressionFloodIpThreshold: group['impression.flood.ip.threshold'],
    impressionFloodUserThreshold: group['impression.flood.user.threshold'],
    abnormalCtrMinImpressions: group['abnormal.ctr.min.impressions'],
    abnormalCtrThreshold: group['abnormal.ctr.threshold'],
    publisherCtrZThreshold: group['publisher.ctr.z.threshold'],
    publisherCtrMinImpressions: group['publisher.ctr.min.impressions'],
    publisherCtrTrailingWindows: group['publisher.ctr.trailing.windows'],
    publisherCtrMinWindows: group['publisher.ctr.min.windows'],
    metronomeMinClicks: group['metronome.min.clicks'],
    metronomeVariationThreshold: group['metronome.variation.threshold'],
    unattributedBurstThreshold: group['unattributed.burst.threshold'],
    idFanOutThreshold: group['id.fan.out.threshold'],
    alertsEnabled: enabledAlerts(group),
    reasonsEnabled: enabledReasons(group),
  }));
