import type { FaultPlan } from '@ad-analytics/fault-proxy/choose-fault';
import type { Choice } from '@ad-analytics/fault-proxy/choice';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { RecordedEvent } from '../replay-check/recording';
import type { ReplayRun } from '../replay-check/replay-run';

/** The target of a disturbance: a running job, producer and sink. */
export interface Target {
  readonly stack: LocalStack;
  readonly run: ReplayRun;
  /** The job that runs now: a disturbance may put another one in its place. */
  job: FlinkJob;
  /** Folder of the application that this job runs; undefined: the packaged one. */
  application?: string | undefined;
  /** Whether AWS may execute a request whose response does not reach the client. */
  readonly responsesAreLost: boolean;
  /** Random source for the times of the faults. */
  readonly choice: Choice;
  /** Bundle that the function's processes run; part of their command lines. */
  readonly sinkBundle: string;
  /** @returns invocations of the function that ended with its process, so far */
  readonly killedInvocations: () => number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Sends traffic during the disturbance. @returns the records that were sent */
export type Traffic = (target: Target, disturbed: AbortSignal) => Promise<readonly RecordedEvent[]>;

/** Counts, by the name of what is counted. */
export type Counts = Readonly<Record<string, number>>;

/** One way to disturb the pipeline. */
export interface Scenario {
  /** What happens, a phrase. */
  readonly title: string;
  /** It acts on the job or its cluster. Several such disturbances run one after the other. */
  readonly actsOnJob?: true;
  /** @returns why it cannot happen on this machine; undefined when it can */
  readonly missing?: () => string | undefined;
  /** Minimum duration of traffic and faults in milliseconds. Default: 40 s. */
  readonly leastMs?: number;
  /** Faults of the requests to AWS while the traffic flows. */
  readonly faults?: Omit<FaultPlan, 'seed'>;
  /** Requests to AWS have no response, though not by `faults`. */
  readonly losesResponses?: true;
  /** Settings of the job that differ, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Runs the disturbance during the traffic. @returns what was done */
  readonly disturb?: (target: Target) => Promise<Counts>;
  /** How the records are sent. Default: at their own pace. */
  readonly traffic?: Traffic;
  /** Ends the job after it has read all sent records, if the traffic does not end with a marker. */
  readonly finish?: (target: Target, sent: readonly RecordedEvent[]) => Promise<void>;
}
