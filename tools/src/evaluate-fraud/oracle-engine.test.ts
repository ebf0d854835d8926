import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { CONFIG_FILE } from '../../setup/layout.cjs';
import { evaluate } from './evaluate';
import { oracleEngine } from './oracle-engine';

describe('oracleEngine', () => {
  it('finds the attacks that begin at once, and agrees with the labels about what is accepted', async () => {
    const { signal } = new AbortController();
    const done: number[] = [];
    const engine = oracleEngine(loadPropertyGroups(CONFIG_FILE), { onSeed: (seeds) => done.push(seeds), signal });
    const plan = { tuningSeeds: [], judgingSeeds: [1, 2], rate: 10, minutes: 4, paces: [] };
    const { judging } = await evaluate(plan, { usual: engine, slower: engine }, signal);
    expect(done).toEqual([1, 2]);
    const recall = (name: string) => judging.rules.find((rule) => rule.name === name)?.actors.recall;
    expect(['known_bot', 'too_fast_click', 'id_fan_out'].map(recall)).toEqual([1, 1, 1]);
    expect(judging.overall.events.precision).toBeGreaterThan(0.9);
  }, 120_000);
});
