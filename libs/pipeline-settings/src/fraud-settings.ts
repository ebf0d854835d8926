import { z } from 'zod';
import type { FraudRule, InvalidReason } from '@ad-analytics/event-schemas';
import { alertSwitches, enabledAlerts, enabledReasons, reasonSwitches } from './rule-switches';
import { hasNoExcess, type RuleLimits, ruleLimits, ruleSettings } from './rule-limits';
import { tiles } from './sliding-window';
import { duration, positiveDuration } from './values';

/** Windows, limits and switches of the invalid-traffic rules, in the units of their names. */
export interface FraudSettings extends RuleLimits {
  /** A click sooner than this after its impression is invalid. */
  tooFastClickMillis: number;
  /** Sliding windows of the rules about velocity. */
  shortWindowSeconds: number;
  shortSlideSeconds: number;
  /** Sliding windows of the rules about behaviour. */
  longWindowSeconds: number;
  longSlideSeconds: number;
  /** Which rules raise alerts. A disabled rule keeps its state up to date, so it can use earlier events when it is enabled again. */
  alertsEnabled: Readonly<Record<FraudRule, boolean>>;
  /** Which reasons make a click invalid. */
  reasonsEnabled: Readonly<Record<InvalidReason, boolean>>;
}

/** The group `Fraud` of the settings file. */
export const fraudGroup = z
  .strictObject({
    'too.fast.click.millis': duration,
    'short.window.seconds': positiveDuration,
    'short.slide.seconds': positiveDuration,
    'long.window.seconds': positiveDuration,
    'long.slide.seconds': positiveDuration,
    ...ruleSettings,
    ...alertSwitches,
    ...reasonSwitches,
  })
  .refine(...tiles('short'))
  .refine(...tiles('long'))
  .superRefine(hasNoExcess)
  .transform((group): FraudSettings => ({
    tooFastClickMillis: group['too.fast.click.millis'],
    shortWindowSeconds: group['short.window.seconds'],
    shortSlideSeconds: group['short.slide.seconds'],
    longWindowSeconds: group['long.window.seconds'],
    longSlideSeconds: group['long.slide.seconds'],
    ...ruleLimits(group),
    alertsEnabled: enabledAlerts(group),
    reasonsEnabled: enabledReasons(group),
  }));
