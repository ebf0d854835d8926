import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import type { ProcessSpec } from '@ad-analytics/local-stack/managed-process';
import type { LocalStack } from '@ad-analytics/local-stack/stack';

/**
 * Visitors for each event a second. Fewer than the generator's own 500, so that most have seen some ads within the minutes of a demo
 * and the scores of their engagement spread; many enough for the most active one to stay far below the limits of the fraud rules.
 */
const USERS_PER_RATE = 25;
const MIN_USERS = 2_000;

/** What the user may choose of the traffic. */
export interface TrafficFlags {
  /** Events a second. */
  readonly rate: number;
  /** Undefined: another every time. */
  readonly seed: number | undefined;
  /** Mean click-through rate. */
  readonly ctr: number;
  /** Users whose clock is wrong; none unless given. */
  readonly clockSkewShare?: number | undefined;
  /** How far the clock is ahead, in seconds. */
  readonly clockSkew?: number | undefined;
}

/** How to start the generator, and where it writes the truth about its records. */
export interface GeneratorSpec {
  readonly process: ProcessSpec;
  readonly labels: string;
  /** File that it makes when a record cannot be put: a line for each. */
  readonly deadLetters: string;
}

/**
 * @param region AWS region
 * @param args command of the generator and its options
 * @returns how to run the generator from its source
 */
export function generatorProgram(
  region: string,
  args: readonly string[],
): Pick<ProcessSpec, 'command' | 'args' | 'env'> {
  const loader = pathToFileURL(path.join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  return {
    command: process.execPath,
    args: ['--import', loader, path.join(ROOT, 'apps', 'generator', 'src', 'main.ts'), ...args],
    env: localAwsEnvironment(region, { TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.base.json') }),
  };
}

/**
 * @param stack to send the traffic to
 * @param flags of the traffic; everything else but the number of visitors is the generator's default, with small shares of every anomaly
 * @returns how to start it from its source, so that the demo needs no bundle
 */
export function generatorSpec(
  stack: Pick<LocalStack, 'endpoint' | 'region' | 'configFile' | 'runFolder'>,
  flags: TrafficFlags,
): GeneratorSpec {
  const labels = path.join(stack.runFolder, 'labels.jsonl');
  const deadLetters = path.join(stack.runFolder, 'dead-letters.jsonl');
  return {
    labels,
    deadLetters,
    process: {
      name: 'Generator (the traffic)',
      ...generatorProgram(stack.region, [
        'serve',
        '--endpoint',
        stack.endpoint,
        '--config',
        stack.configFile,
        '--dead-letters',
        deadLetters,
        '--labels',
        labels,
        '--rate',
        String(flags.rate),
        '--ctr',
        String(flags.ctr),
        '--users',
        String(Math.max(MIN_USERS, USERS_PER_RATE * flags.rate)),
        ...clockOptions(flags),
        ...(flags.seed === undefined ? [] : ['--seed', String(flags.seed)]),
      ]),
      cwd: stack.runFolder,
      logFile: path.join(stack.runFolder, 'logs', 'generator.log'),
    },
  };
}

function clockOptions({ clockSkewShare, clockSkew }: TrafficFlags): string[] {
  return [
    ...(clockSkewShare === undefined ? [] : [`--clock-skew-share=${clockSkewShare}`]),
    ...(clockSkew === undefined ? [] : [`--clock-skew=${clockSkew}`]),
  ];
}
