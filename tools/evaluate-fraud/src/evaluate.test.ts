import type { EngineRun } from './engine';
import { type EvaluationPlan, evaluate } from './evaluate';
import type { Findings } from './findings';
import { acceptedEvents } from './labelled-event';
import type { SeedTraffic } from './seed-traffic';

const PLAN: EvaluationPlan = { tuningSeeds: [1], judgingSeeds: [2, 3], rate: 2, minutes: 2, paces: [] };
const NONE: Findings = { alerts: [], reasons: new Map() };
const { signal } = new AbortController();

/** An engine that knows the ground truth and returns it on request. */
function engine(tell: (seed: number) => boolean, more = 0) {
  return (traffic: readonly SeedTraffic[]): Promise<EngineRun> => {
    const accepted = { impression: more, click: 0 };
    const findings = new Map<number, Findings>();
    for (const { seed, startTime, endTime, emissions } of traffic) {
      const events = acceptedEvents(emissions());
      for (const { kind } of events) accepted[kind] += 1;
      const ips = new Set(events.filter(({ attack }) => attack === 'crawler').map(({ ip }) => ip));
      const alerts = [...ips].map((actorId) => ({
        rule: 'known_bot' as const,
        actorType: 'ip' as const,
        actorId,
        windowStart: startTime,
        windowEnd: endTime,
      }));
      findings.set(seed, tell(seed) ? { ...NONE, alerts } : NONE);
    }
    return Promise.resolve({ settings: [], accepted, findings, notes: [] });
  };
}

describe('evaluate', () => {
  it('evaluates the two sets of seeds separately', async () => {
    const usual = engine((seed) => seed !== 1);
    const { tuning, judging } = await evaluate(PLAN, { usual, slower: usual }, signal);
    expect([tuning.seeds, judging.seeds]).toEqual([[1], [2, 3]]);
    expect(tuning.overall.events).toMatchObject({ flagged: 0, precision: null, recall: 0 });
    const rule = judging.rules.find(({ name }) => name === 'known_bot')!;
    expect(rule.events).toMatchObject({ precision: 1, recall: 1 });
    expect(rule.events.flagged).toBeGreaterThan(100);
    expect(judging.overall.events.recall).toBeLessThan(1);
    expect(judging.baseline.events).toMatchObject({ flagged: 0, recall: 0 });
  });

  it('repeats the evaluation at each pace; slower attackers have fewer events', async () => {
    const [all, none] = [engine(() => true), engine(() => false)];
    const result = await evaluate({ ...PLAN, paces: [0.5, 0.25] }, { usual: none, slower: all }, signal);
    expect(result.slower.map(({ pace, judging }) => [pace, judging.seeds])).toEqual([
      [0.5, [2, 3]],
      [0.25, [2, 3]],
    ]);
    const attackEvents = [result, ...result.slower].map(({ judging }) => judging.attackEvents);
    expect(attackEvents).toEqual([...attackEvents].sort((a, b) => b - a));
    expect(result.judging.alerts).toBe(0);
    expect(result.slower[0]!.judging.alerts).toBeGreaterThan(0);
  });

  it('rejects a run whose accepted events differ from the labels', async () => {
    const usual = engine(() => true, 1);
    const run = evaluate(PLAN, { usual, slower: usual }, signal);
    await expect(run).rejects.toThrow(/impressions should be accepted/);
    await expect(run).rejects.toMatchObject({ exitCode: 5 });
  });
});
