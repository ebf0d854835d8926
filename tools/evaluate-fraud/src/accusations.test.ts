import fc from 'fast-check';
import { AccusationIndex } from './accusations';
import type { Alert, Findings } from './findings';
import { scopeOf } from './rules';
import { alert, labelledEvent } from './sample-labelled-events';

const index = (alerts: readonly Alert[], reasons: Findings['reasons'] = new Map()) =>
  new AccusationIndex({ alerts, reasons }, (rule) => scopeOf(rule).accuses);
const rulesOf = (accusations: ReturnType<AccusationIndex['of']>) => accusations.map(({ rule }) => rule);

describe('AccusationIndex', () => {
  it('accuses the events of the window, whose start is inclusive and whose end is exclusive', () => {
    const accused = index([alert({ windowStart: 10_000, windowEnd: 70_000 })]);
    const times = [9_999, 10_000, 69_999, 70_000];
    expect(times.map((time) => accused.of(labelledEvent({ time })).length)).toEqual([0, 1, 1, 0]);
  });

  it('uses the first window that contains the event', () => {
    const windows = [30, 0, 10, 200].map((s) => alert({ windowStart: s * 1_000, windowEnd: (s + 60) * 1_000 }));
    expect(index(windows).of(labelledEvent({ time: 65_000 }))).toEqual([
      { rule: 'click_velocity_ip', knownAt: 70_000, actorType: 'ip', actorId: '10.0.0.1' },
    ]);
    expect(index(windows).of(labelledEvent({ time: 150_000 }))).toEqual([]);
  });

  it('accuses only the kinds of events that the rule counts', () => {
    const accused = index([alert(), alert({ rule: 'impression_flood' }), alert({ rule: 'id_fan_out' })]);
    expect(rulesOf(accused.of(labelledEvent({ kind: 'click' })))).toEqual(['click_velocity_ip', 'id_fan_out']);
    expect(rulesOf(accused.of(labelledEvent({ kind: 'impression' })))).toEqual(['impression_flood', 'id_fan_out']);
  });

  it('matches addresses, users and publishers separately', () => {
    const alerts = [
      alert({ rule: 'click_velocity_user', actorType: 'user', actorId: 'user' }),
      alert({ rule: 'publisher_ctr_anomaly', actorType: 'publisher', actorId: 'publisher' }),
      // A user whose id equals the address is another actor.
      alert({ rule: 'metronome', actorType: 'user', actorId: '10.0.0.1' }),
      alert({ rule: 'known_bot', actorId: '10.0.0.2' }),
    ];
    expect(rulesOf(index(alerts).of(labelledEvent()))).toEqual(['click_velocity_user', 'publisher_ctr_anomaly']);
  });

  it('accuses a click by its reasons, immediately and with its user as actor, but no impression of the same id', () => {
    const accused = index([], new Map([['event', ['too_fast_click', 'known_bot']]]));
    expect(accused.of(labelledEvent({ time: 123 }))).toEqual([
      { rule: 'too_fast_click', knownAt: 123, actorType: 'user', actorId: 'user' },
      { rule: 'known_bot', knownAt: 123, actorType: 'user', actorId: 'user' },
    ]);
    expect(accused.of(labelledEvent({ kind: 'impression' }))).toEqual([]);
  });

  it('finds the same window as a search through all', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 })), fc.integer({ min: 0, max: 500 }), (starts, time) => {
        const windows = starts.map((s) => alert({ windowStart: s * 10, windowEnd: s * 10 + 60 }));
        const expected = windows
          .filter(({ windowStart, windowEnd }) => windowStart <= time && time < windowEnd)
          .map(({ windowEnd }) => windowEnd);
        const found = index(windows).of(labelledEvent({ time }));
        expect(found.map(({ knownAt }) => knownAt)).toEqual(expected.length === 0 ? [] : [Math.min(...expected)]);
      }),
    );
  });
});
