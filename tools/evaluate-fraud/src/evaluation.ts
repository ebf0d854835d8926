import { FRAUD_RULES, INVALID_REASONS, SOURCES } from '@ad-analytics/event-schemas';
import { ATTACKS, HARD_NEGATIVES, PHONE_APPS } from '@ad-analytics/traffic-model';
import { type Accusation, AccusationIndex } from './accusations';
import { type DetectorScore, DetectorTally, ruleDetector, systemDetector } from './detector';
import type { Findings } from './findings';
import { type GroupScore, GroupTally } from './group-tally';
import type { LabelledEvent } from './labelled-event';
import { RULES, scopeOf, type Rule } from './rules';

const BASELINE_RULE: Rule = 'click_velocity_ip';

/** Figures of a set of seeds. */
export interface Evaluation {
  readonly seeds: readonly number[];
  /** Number of accepted events, and of those that belong to an attack. */
  readonly events: number;
  readonly attackEvents: number;
  readonly alerts: number;
  /** All rules as one system, with all attacks; also for clicks only. */
  readonly overall: DetectorScore;
  readonly overallClicks: DetectorScore;
  readonly alertsOnly: DetectorScore;
  readonly reasonsOnly: DetectorScore;
  /** The baseline, clicks per address: for all events, for clicks, and with the assumption that it accuses all events of the address. */
  readonly baseline: DetectorScore;
  readonly baselineClicks: DetectorScore;
  readonly baselineAllOfIp: DetectorScore;
  readonly rules: readonly DetectorScore[];
  readonly attacks: readonly GroupScore[];
  readonly hardNegatives: readonly GroupScore[];
  readonly ordinary: GroupScore;
  /** People whose user agent is on the list of bots except for the exceptions; they are also in one of the groups above. */
  readonly phoneApps: GroupScore;
  /** The overall figures of events, seed by seed. */
  readonly bySeed: readonly {
    readonly seed: number;
    readonly precision: number | null;
    readonly recall: number | null;
  }[];
}

/** Combines the scores of several seeds. Counts are added, so a seed with more events has more weight. */
export class Evaluator {
  private readonly overall = new DetectorTally(systemDetector('all rules', RULES));
  private readonly overallClicks = new DetectorTally(systemDetector('all rules, clicks', RULES, ['click']));
  private readonly alertsOnly = new DetectorTally(systemDetector('alerts only', FRAUD_RULES));
  private readonly reasonsOnly = new DetectorTally(systemDetector('reasons only', INVALID_REASONS));
  private readonly baseline = new DetectorTally(systemDetector('baseline', [BASELINE_RULE]));
  private readonly baselineClicks = new DetectorTally(systemDetector('baseline, clicks', [BASELINE_RULE], ['click']));
  private readonly baselineAllOfIp = new DetectorTally(systemDetector('baseline, all of the ip', [BASELINE_RULE]));
  private readonly rules = RULES.map((rule) => new DetectorTally(ruleDetector(rule)));
  private readonly attacks = ATTACKS.map((name) => new GroupTally(name));
  private readonly hardNegatives = HARD_NEGATIVES.map((name) => new GroupTally(name));
  private readonly ordinary = new GroupTally('ordinary visitors');
  private readonly phoneApps = new GroupTally('people in apps on phones', ({ userId }) => userId);
  private readonly bySeed: Evaluation['bySeed'][number][] = [];
  private events = 0;
  private attackEvents = 0;
  private alerts = 0;

  /** @param events accepted events of the seed @param findings of the rules for it */
  add(seed: number, events: readonly LabelledEvent[], findings: Findings): void {
    const accused = accusations(events, new AccusationIndex(findings, (rule) => scopeOf(rule).accuses));
    const ofIp = accusations(events, new AccusationIndex(findings, () => SOURCES));
    // known_bot is both a reason and an alert, so "alerts only" and "reasons only" must each ignore the other kind.
    const alerts = accusations(
      events,
      new AccusationIndex({ ...findings, reasons: new Map() }, (rule) => scopeOf(rule).accuses),
    );
    const reasons = accusations(
      events,
      new AccusationIndex({ ...findings, alerts: [] }, (rule) => scopeOf(rule).accuses),
    );
    for (const tally of [this.overall, this.overallClicks, this.baseline, this.baselineClicks, ...this.rules])
      tally.add(events, accused, findings.alerts);
    this.baselineAllOfIp.add(events, ofIp, findings.alerts);
    this.alertsOnly.add(events, alerts, findings.alerts);
    this.reasonsOnly.add(events, reasons);
    const group = (tally: GroupTally, belongs: (event: LabelledEvent) => boolean) =>
      tally.add(events.filter(belongs), accused);
    for (const tally of this.attacks) group(tally, ({ attack }) => attack === tally.name);
    for (const tally of this.hardNegatives) group(tally, ({ hardNegative }) => hardNegative === tally.name);
    group(this.ordinary, ({ actor }) => actor === null);
    group(this.phoneApps, isInPhoneApp);
    const own = new DetectorTally(systemDetector('all rules', RULES));
    own.add(events, accused, findings.alerts);
    const { precision, recall } = own.score().events;
    this.bySeed.push({ seed, precision, recall });
    this.events += events.length;
    this.attackEvents += events.filter(({ attack }) => attack !== null).length;
    this.alerts += findings.alerts.length;
  }

  /** @returns the figures so far */
  evaluation(): Evaluation {
    return {
      seeds: this.bySeed.map(({ seed }) => seed),
      events: this.events,
      attackEvents: this.attackEvents,
      alerts: this.alerts,
      overall: this.overall.score(),
      overallClicks: this.overallClicks.score(),
      alertsOnly: this.alertsOnly.score(),
      reasonsOnly: this.reasonsOnly.score(),
      baseline: this.baseline.score(),
      baselineClicks: this.baselineClicks.score(),
      baselineAllOfIp: this.baselineAllOfIp.score(),
      rules: this.rules.map((tally) => tally.score()),
      attacks: this.attacks.map((tally) => tally.score()),
      hardNegatives: this.hardNegatives.map((tally) => tally.score()),
      ordinary: this.ordinary.score(),
      phoneApps: this.phoneApps.score(),
      bySeed: [...this.bySeed],
    };
  }
}

const PHONE_APP_AGENTS: ReadonlySet<string | null> = new Set(PHONE_APPS);

function isInPhoneApp({ attack, userAgent }: LabelledEvent): boolean {
  return attack === null && PHONE_APP_AGENTS.has(userAgent);
}

const NONE: readonly Accusation[] = [];

/** Caches the accusations of each event. */
function accusations(
  events: readonly LabelledEvent[],
  index: AccusationIndex,
): (event: LabelledEvent) => readonly Accusation[] {
  const found = new Map<LabelledEvent, readonly Accusation[]>();
  for (const event of events) {
    const some = index.of(event);
    if (some.length > 0) found.set(event, some);
  }
  return (event) => found.get(event) ?? NONE;
}
