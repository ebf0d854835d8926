import type { Machine } from '@ad-analytics/command-line/machine';
import type { Ledger } from '@ad-analytics/verify/ledger';
import type { Counts } from './scenario';

/** What a comparison with the independent computation found, over all record types. */
export interface Sum {
  readonly expected: number;
  readonly missing: number;
  readonly extra: number;
  readonly differing: number;
  /** Delivered again with the same content: allowed. */
  readonly repeated: number;
  /** Whether all records agree, the sums hold, and each record fits the contract. */
  readonly agrees: boolean;
}

/** How a scenario ended. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly measuredAt: string;
  /** Number of faults and other actions, by kind. */
  readonly injected: Counts;
  /** Number of failed requests, by operation and client; missing in results of older versions. */
  readonly failedRequests?: Counts;
  /** Requests that came through the proxy. */
  readonly requests: number;
  /** Number of effects on the pipeline, by kind. */
  readonly effects: Counts;
  /** From the end of the disturbance until all results were in stream and table. */
  readonly secondsToRecover: number;
  /** Records that the producer sent. */
  readonly sent: number;
  /** Sent records that are not in the input streams. */
  readonly lost: number;
  /** Records in the input streams; more than were sent if a response was lost and the producer sent records again. */
  readonly read: number;
  readonly stream: Sum;
  readonly table: Sum;
}

/** A run that did not reach its end. */
export interface UnfinishedRun extends Pick<ScenarioResult, 'scenario' | 'title' | 'seed' | 'measuredAt'> {
  /** Why the run did not reach its end. */
  readonly problem: string;
}

/** A result as stored in the report's folder. */
export type KeptResult = (ScenarioResult | UnfinishedRun) & {
  readonly commit: string | undefined;
  readonly machine: Machine;
};

/** @returns whether the run reached its end */
export function isFinished<R extends ScenarioResult | UnfinishedRun>(result: R): result is Exclude<R, UnfinishedRun> {
  return !('problem' in result);
}

/** @returns whether no record was lost and no check failed */
export function isRight({ lost, stream, table }: ScenarioResult): boolean {
  return lost === 0 && stream.agrees && table.agrees;
}

/** @returns the figures of a ledger, over all record types */
export function sumOf({ types, agrees }: Pick<Ledger, 'types' | 'agrees'>): Sum {
  const sum = (name: 'expected' | 'missing' | 'extra' | 'differing' | 'repeated') =>
    types.reduce((total, type) => total + type[name], 0);
  return {
    expected: sum('expected'),
    missing: sum('missing'),
    extra: sum('extra'),
    differing: sum('differing'),
    repeated: sum('repeated'),
    agrees,
  };
}
