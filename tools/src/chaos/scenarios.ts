import { freezeAws, killSink, killTaskManagers } from './disturbances';
import type { Scenario } from './scenario';
import { finishLive, silenceThenBurst, wrongClocks } from './traffic';

/** The scenarios, by name, in the order in which they run. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  throttling: {
    title: '20 % of the requests to AWS refused, partial writes, expired iterators',
    faults: { shares: { throttled: 0.2, partial: 0.2, expiredIterator: 0.02 } },
  },
  network: {
    title: '20 % of the requests to AWS with a broken connection, a server error, a lost, truncated or late answer',
    faults: {
      shares: { serverError: 0.05, reset: 0.03, unanswered: 0.04, truncated: 0.03, slow: 0.05 },
    },
  },
  bursts: {
    title: '80 % of the requests to AWS fail for 3 s of every 12 s',
    faults: {
      shares: { throttled: 0.3, partial: 0.1, serverError: 0.2, reset: 0.1, unanswered: 0.1 },
      bursts: { everyMs: 12_000, lengthMs: 3_000 },
    },
  },
  'task-managers': { title: 'TaskManagers killed at random moments', disturb: killTaskManagers },
  'frozen-aws': { title: 'AWS does not answer for 30 s', disturb: freezeAws },
  sink: {
    title: 'The sink killed in mid-batch, its table slow and partly refusing',
    faults: { shares: { partial: 0.2, slow: 0.5 }, services: ['dynamodb'], slowMs: 1_000 },
    disturb: killSink,
  },
  silence: {
    title: 'Both streams silent for 40 s, longer than the idle timeout, then a burst',
    settings: { 'idle.timeout.seconds': '5' },
    traffic: silenceThenBurst,
  },
  clocks: {
    title: 'Clocks of producers 10 minutes ahead, 10 minutes behind, and in 2099',
    traffic: wrongClocks,
    finish: finishLive,
  },
};

/** @param name of one scenario, or of several that happen together, with + between them @returns its parts; undefined: unknown */
export function scenarioParts(name: string): readonly Scenario[] | undefined {
  const parts = name.split('+').map((part) => SCENARIOS[part]);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** @returns one scenario in which all of these happen together @throws Error when they cannot */
export function together(parts: readonly Scenario[]): Scenario {
  const [one] = parts;
  if (one !== undefined && parts.length === 1) return one;
  const only = <T>(what: string, values: readonly (T | undefined)[]): T | undefined => {
    const given = values.filter((value) => value !== undefined);
    if (given.length > 1) throw new Error(`These scenarios cannot happen together: they differ in ${what}.`);
    return given[0];
  };
  const faults = only(
    'faults',
    parts.map((part) => part.faults),
  );
  const traffic = only(
    'traffic',
    parts.map((part) => part.traffic),
  );
  const finish = only(
    'traffic',
    parts.map((part) => part.finish),
  );
  return {
    title: parts.map(({ title }) => title).join('; '),
    settings: Object.assign({}, ...parts.map(({ settings }) => settings)) as Record<string, string>,
    disturb: async (target) => {
      const done: Record<string, number> = {};
      for (const { disturb } of parts) Object.assign(done, await disturb?.(target));
      return done;
    },
    ...(faults === undefined ? {} : { faults }),
    ...(traffic === undefined ? {} : { traffic }),
    ...(finish === undefined ? {} : { finish }),
  };
}
