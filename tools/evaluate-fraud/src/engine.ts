import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { Findings } from './findings';
import type { SeedTraffic } from './seed-traffic';

/** Accepted events by kind, as the engine counts them. */
interface AcceptedCounts {
  readonly impression: number;
  readonly click: number;
}

/** What the rules have found in the traffic of some seeds. */
export interface EngineRun {
  /** The settings that it ran with. */
  readonly settings: readonly PropertyGroup[];
  /** Accepted events of all seeds. */
  readonly accepted: AcceptedCounts;
  /** By seed. */
  readonly findings: ReadonlyMap<number, Findings>;
  /** What a reader must know about it, in sentences. */
  readonly notes: readonly string[];
}

/** Applies the rules to traffic. */
export type Engine = (traffic: readonly SeedTraffic[]) => Promise<EngineRun>;
