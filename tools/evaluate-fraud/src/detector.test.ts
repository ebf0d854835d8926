import { AccusationIndex } from './accusations';
import { type Detector, DetectorTally, ruleDetector, systemDetector } from './detector';
import type { Findings } from './findings';
import type { LabelledEvent } from './labelled-event';
import { RULES, scopeOf } from './rules';
import { alert, labelledEvent } from './sample-labelled-events';

const NO_REASONS: Findings['reasons'] = new Map();

function scoreOf(detector: Detector, ...seeds: { events: LabelledEvent[]; findings: Findings }[]) {
  const tally = new DetectorTally(detector);
  for (const { events, findings } of seeds) {
    const index = new AccusationIndex(findings, (rule) => scopeOf(rule).accuses);
    tally.add(events, (event) => index.of(event), findings.alerts);
  }
  return tally.score();
}

const attack = (name: NonNullable<LabelledEvent['attack']>, own: Partial<LabelledEvent>) =>
  labelledEvent({ attack: name, actor: `${name}-1`, ...own });

describe('a rule on its own', () => {
  const detector = ruleDetector('click_velocity_ip');

  it('is evaluated by events: 2 of 3 flagged events are right, 2 of 4 wanted events are found', () => {
    const events = [
      attack('naive_bot', { time: 1_000 }),
      attack('naive_bot', { time: 2_000 }),
      attack('naive_bot', { time: 70_000 }),
      attack('naive_bot', { time: 71_000 }),
      labelledEvent({ time: 3_000 }),
      labelledEvent({ time: 80_000 }),
      // Neither the kind of event nor the attack of the rule.
      attack('naive_bot', { kind: 'impression', time: 1_000 }),
      attack('crawler', { time: 75_000 }),
    ];
    const { events: score } = scoreOf(detector, { events, findings: { alerts: [alert()], reasons: NO_REASONS } });
    expect(score).toMatchObject({ flagged: 3, right: 2, wanted: 4, found: 2, recall: 0.5 });
    expect(score.precision).toBeCloseTo(2 / 3, 12);
  });

  it('is right about events of any attack, but must find only those of its target attacks', () => {
    const events = [attack('crawler', { time: 1_000 })];
    const { events: score } = scoreOf(detector, { events, findings: { alerts: [alert()], reasons: NO_REASONS } });
    expect(score).toMatchObject({ flagged: 1, right: 1, wanted: 0, precision: 1, recall: null });
  });

  it('measures the time to detect from the first event of an attacker, including impressions, to the end of the first alert', () => {
    const events = [
      attack('naive_bot', { kind: 'impression', time: 500 }),
      attack('naive_bot', { time: 30_000 }),
      attack('naive_bot', { time: 65_000 }),
    ];
    const alerts = [
      alert({ windowStart: 10_000, windowEnd: 70_000 }),
      alert({ windowStart: 20_000, windowEnd: 80_000 }),
    ];
    const { secondsToDetect, actors } = scoreOf(detector, { events, findings: { alerts, reasons: NO_REASONS } });
    expect(secondsToDetect).toEqual({ p50: 69.5, p95: 69.5 });
    expect(actors).toMatchObject({ accused: 1, right: 1, attackers: 1, found: 1, f1: 1 });
  });

  it('counts attackers of the same name in two seeds as two', () => {
    const seed = { events: [attack('naive_bot', {})], findings: { alerts: [alert()], reasons: NO_REASONS } };
    const missed = { ...seed, findings: { alerts: [], reasons: NO_REASONS } };
    expect(scoreOf(detector, seed, missed).actors).toMatchObject({ accused: 1, attackers: 2, found: 1, recall: 0.5 });
  });

  it('is wrong about an actor without events in the window', () => {
    const alerts = [alert({ actorId: '10.9.9.9' })];
    expect(scoreOf(detector, { events: [], findings: { alerts, reasons: NO_REASONS } }).actors).toMatchObject({
      accused: 1,
      right: 0,
      precision: 0,
      recall: null,
    });
  });

  it('has no precision and no findings without alerts', () => {
    const events = [attack('naive_bot', {})];
    const score = scoreOf(detector, { events, findings: { alerts: [], reasons: NO_REASONS } });
    expect(score.events).toMatchObject({ precision: null, recall: 0, f1: null });
    expect(score.secondsToDetect).toEqual({ p50: null, p95: null });
  });
});

describe('an alert on a publisher', () => {
  const alerts = [alert({ rule: 'publisher_ctr_anomaly', actorType: 'publisher', actorId: 'publisher' })];
  const findings = { alerts, reasons: NO_REASONS };

  it('finds the publisher that clicks its own ads', () => {
    const events = [attack('publisher_self_click', {}), labelledEvent()];
    const score = scoreOf(ruleDetector('publisher_ctr_anomaly'), { events, findings });
    expect(score.events).toMatchObject({ flagged: 2, right: 1, recall: 1 });
    expect(score.actors).toMatchObject({ accused: 1, right: 1, found: 1 });
  });

  it('does not find a bot that clicks there, although it flags the click', () => {
    const score = scoreOf(systemDetector('all', RULES), { events: [attack('naive_bot', {})], findings });
    expect(score.events).toMatchObject({ flagged: 1, right: 1, found: 1 });
    expect(score.actors).toMatchObject({ accused: 1, right: 0, attackers: 1, found: 0 });
  });
});

describe('all rules as one system', () => {
  it('flags an event once for any number of rules, and detects an attacker by the first of them', () => {
    const findings: Findings = {
      alerts: [alert(), alert({ rule: 'metronome', windowStart: -300_000, windowEnd: 300_000 })],
      reasons: new Map([['event', ['too_fast_click']]]),
    };
    const events = [
      attack('naive_bot', { kind: 'impression', id: 'seen', time: 0 }),
      attack('naive_bot', { time: 100 }),
    ];
    const score = scoreOf(systemDetector('all', RULES), { events, findings });
    expect(score.events).toMatchObject({ flagged: 1, right: 1, wanted: 2, found: 1 });
    expect(score.actors).toMatchObject({ accused: 2, right: 2 });
    expect(score.secondsToDetect.p50).toBe(0.1);
  });

  it('counts the user of a valid click with a reason as wrongly accused', () => {
    const events = [labelledEvent({ hardNegative: 'double_clicker', actor: 'double_clicker-1' })];
    const findings: Findings = { alerts: [], reasons: new Map([['event', ['duplicate_click']]]) };
    const score = scoreOf(systemDetector('all', RULES), { events, findings });
    expect(score.actors).toMatchObject({ accused: 1, right: 0, precision: 0 });
  });
});
