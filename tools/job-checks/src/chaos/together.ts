import { Choice } from '@ad-analytics/fault-proxy/choice';
import type { Counts, Scenario, Target } from './scenario';
import { SCENARIOS } from './scenarios';

/** @param name of one scenario, or of several that happen together, with + between them @returns its parts; undefined: unknown */
export function scenarioParts(name: string): readonly Scenario[] | undefined {
  const parts = name.split('+').map((part) => SCENARIOS[part]);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** @throws Error when two of the scenarios would change the same setting */
function settingsOf(parts: readonly Scenario[]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { settings = {} } of parts)
    for (const [name, value] of Object.entries(settings)) {
      if (all[name] !== undefined && all[name] !== value) throw cannot(`they differ in ${name}`);
      all[name] = value;
    }
  return all;
}

const cannot = (why: string) => new Error(`These scenarios cannot happen together: ${why}.`);

/** Disturbances at the same time, but one after the other where they act on the job. */
async function disturbAll(parts: readonly Scenario[], target: Target): Promise<Counts> {
  const done: Record<string, number> = {};
  const run = async (scenarios: readonly Scenario[]) => {
    for (const { disturb } of scenarios) Object.assign(done, await disturb?.(target));
  };
  const onJob = parts.filter(({ actsOnJob }) => actsOnJob);
  const lanes = [onJob, ...parts.filter((part) => !onJob.includes(part)).map((part) => [part])];
  // Wait for all of them, even if one fails: a suspended process must be resumed.
  const results = await Promise.allSettled(lanes.map(run));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return done;
}

/** @returns one scenario in which all of these happen together @throws Error when they cannot */
export function together(parts: readonly Scenario[]): Scenario {
  const [one] = parts;
  if (one !== undefined && parts.length === 1) return one;
  if (new Set(parts).size < parts.length) throw cannot('one is named twice');
  const only = <T>(what: string, of: (part: Scenario) => T | undefined): T | undefined => {
    const given = parts.map(of).filter((value) => value !== undefined);
    if (given.length > 1) throw cannot(`they differ in ${what}`);
    return given[0];
  };
  const faults = only('faults', (part) => part.faults);
  const traffic = only('traffic', (part) => part.traffic);
  const finish = only('traffic', (part) => part.finish);
  return {
    title: parts.map(({ title }) => title).join('; '),
    settings: settingsOf(parts),
    missing: () => parts.map((part) => part.missing?.()).find((why) => why !== undefined),
    disturb: (target) => disturbAll(parts, target),
    ...(parts.some(({ losesResponses }) => losesResponses) ? { losesResponses: true } : {}),
    ...(faults === undefined ? {} : { faults }),
    ...(traffic === undefined ? {} : { traffic }),
    ...(finish === undefined ? {} : { finish }),
  };
}

/** @returns whether scenarios of these names can happen together */
function canBeTogether(names: readonly string[]): boolean {
  try {
    together(scenarioParts(names.join('+')) ?? []);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param seed decides which
 * @param count of pairs
 * @returns names of pairs of scenarios that can happen together, all different; fewer if fewer exist
 */
export function drawPairs(seed: number, count: number): string[] {
  const names = Object.keys(SCENARIOS);
  const possible = names.flatMap((one, at) =>
    names
      .slice(at + 1)
      .filter((other) => canBeTogether([one, other]))
      .map((other) => `${one}+${other}`),
  );
  const choice = new Choice(seed);
  const drawn: string[] = [];
  while (drawn.length < count && possible.length > 0) drawn.push(...possible.splice(choice.below(possible.length), 1));
  return drawn;
}
