import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import type { ProcessSpec } from '@ad-analytics/local-stack/managed-process';
import type { LocalStack } from '@ad-analytics/local-stack/stack';

/**
 * Visitors per event per second. Fewer than the generator's default of 500, so that most visitors have seen some ads within the minutes of
 * a demo and their engagement scores differ. Enough for the most active visitor to stay far below the limits of the fraud rules.
 */
const USERS_PER_RATE = 25;
const MIN_USERS = 2_000;

/** Options of the traffic. */
export interface TrafficFlags {
  /** Events per second. */
  readonly rate: number;
  /** Undefined: a random one. */
  readonly seed: number | undefined;
  /** Mean click-through rate. */
  readonly ctr: number;
  /** Share of users with a wrong clock; default: none. */
  readonly clockSkewShare?: number | undefined;
  /** How far the clock is ahead, in seconds. */
  readonly clockSkew?: number | undefined;
}

/** How to start the generator, and its labels file. */
export interface GeneratorSpec {
  readonly process: ProcessSpec;
  readonly labels: string;
  /** File with the records that could not be sent, one per line; created with the first one. */
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
 * @param flags of the traffic. All other options except the number of visitors have the generator's defaults, with small shares of every
 * anomaly
 * @returns how to start it from its source, so that the demo does not need a bundle
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
