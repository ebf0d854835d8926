import { scenarioNames } from './chaos-command';
import type { Scenario } from './scenario';
import { SCENARIOS } from './scenarios';
import { drawPairs, together } from './together';

describe('pairs', () => {
  it('are the same for the same seed, all different, and all possible', () => {
    const pairs = drawPairs(7, 20);
    expect(pairs).toEqual(drawPairs(7, 20));
    expect(pairs).not.toEqual(drawPairs(8, 20));
    expect(new Set(pairs).size).toBe(20);
    expect(scenarioNames(pairs.join(','))).toEqual(pairs);
  });

  it('are fewer than requested if fewer exist', () => {
    const all = drawPairs(1, 1_000);
    expect(all.length).toBeLessThan(1_000);
    expect(new Set(all).size).toBe(all.length);
    // Each scenario is in some pair.
    for (const name of Object.keys(SCENARIOS)) expect(all.join()).toContain(name);
  });
});

describe('several disturbances', () => {
  const log: string[] = [];
  const slow = (name: string, actsOnJob: boolean): Scenario => ({
    title: name,
    ...(actsOnJob ? { actsOnJob: true } : {}),
    disturb: async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      return {};
    },
  });
  beforeEach(() => log.splice(0));

  it('run at the same time', async () => {
    await together([slow('a', false), slow('b', true)]).disturb?.({} as never);
    expect(log.slice(0, 2).sort()).toEqual(['a begins', 'b begins']);
  });

  it('run one after the other if they act on the job', async () => {
    await together([slow('a', true), slow('b', true)]).disturb?.({} as never);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('all end before an error of one is reported', async () => {
    const broken = { title: 'broken', disturb: () => Promise.reject(new Error('broken')) };
    await expect(together([broken, slow('a', false)]).disturb?.({} as never)).rejects.toThrow('broken');
    expect(log).toEqual(['a begins', 'a ends']);
  });
});

it('adds up what was done', async () => {
  const [first, second] = [jest.fn(async () => ({ a: 1 })), jest.fn(async () => ({ b: 2 }))];
  const faults = { shares: { reset: 0.1 } };
  const both = together([
    { title: 'one', disturb: first, settings: { 'idle.timeout.seconds': '5' } },
    { title: 'two', disturb: second, faults },
  ]);
  expect(both).toMatchObject({ title: 'one; two', settings: { 'idle.timeout.seconds': '5' }, faults });
  expect(await both.disturb?.({} as never)).toEqual({ a: 1, b: 2 });
});

it('loses responses if one of them does', () => {
  const one: Scenario = { title: 'one' };
  const losing: Scenario = { title: 'two', losesResponses: true };
  expect(together([one, losing]).losesResponses).toBe(true);
  expect(together([one, { title: 'three' }])).not.toHaveProperty('losesResponses');
});
