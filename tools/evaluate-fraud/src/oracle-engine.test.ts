import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { CONFIG_FILE } from '@ad-analytics/setup/layout.cjs';
import { evaluate } from './evaluate';
import { loadKnownBots } from '@ad-analytics/verify/known-bots';
import { oracleEngine } from './oracle-engine';
import { knownBotExceptions } from './known-bot-exceptions';

describe('oracleEngine', () => {
  it('finds the attacks that begin immediately, and agrees with the labels about accepted events', async () => {
    const { signal } = new AbortController();
    const done: number[] = [];
    const engine = oracleEngine(loadPropertyGroups(CONFIG_FILE), { onSeed: (seeds) => done.push(seeds), signal });
    const knownBots = loadKnownBots(undefined, null);
    const listAlone = oracleEngine(loadPropertyGroups(CONFIG_FILE), { onSeed: () => undefined, signal, knownBots });
    const plan = { tuningSeeds: [], judgingSeeds: [1, 2], rate: 10, minutes: 4, paces: [] };
    const result = await evaluate(plan, { usual: engine, slower: engine, listAlone }, signal);
    const { judging } = result;
    expect(done).toEqual([1, 2]);
    const recall = (name: string) => judging.rules.find((rule) => rule.name === name)?.actors.recall;
    expect(['known_bot', 'too_fast_click', 'id_fan_out'].map(recall)).toEqual([1, 1, 1]);
    expect(judging.overall.events.precision).toBeGreaterThan(0.9);
    // People in apps: only the list without its exceptions accuses them.
    expect(judging.phoneApps.actors).toBeGreaterThan(20);
    expect(judging.phoneApps.actorsFound).toBe(0);
    expect(result.listAlone!.phoneApps).toMatchObject({ actorsFound: judging.phoneApps.actors, share: 1 });
    expect(result.listAlone!.overall.events.precision).toBeLessThan(judging.overall.events.precision!);
    expect(knownBotExceptions(result)).toMatch(
      /with the exceptions .*\| 0 of (\d+) \|[^]*the list alone .*\| \1 of \1 \|/,
    );
  }, 120_000);
});
