import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { Findings } from './findings';
import type { SeedTraffic } from './seed-traffic';

/** The engine's counts of accepted events by kind. */
interface AcceptedCounts {
  readonly impression: number;
  readonly click: number;
}

/** Findings of the rules in the traffic of some seeds. */
export interface EngineRun {
  /** Settings of the run. */
  readonly settings: readonly PropertyGroup[];
  /** Accepted events of all seeds. */
  readonly accepted: AcceptedCounts;
  /** By seed. */
  readonly findings: ReadonlyMap<number, Findings>;
  /** Notes for the reader, as sentences. */
  readonly notes: readonly string[];
}

/** Applies the rules to traffic. */
export type Engine = (traffic: readonly SeedTraffic[]) => Promise<EngineRun>;
