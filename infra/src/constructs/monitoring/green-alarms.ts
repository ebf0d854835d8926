import type { Environment } from '../../environments/environment';
import type { StreamRole } from '../event-streams';
import type { AlarmSpec } from './alarm-spec';
import { counterAlarms } from './counter-alarms';
import { jobAlarms } from './job-alarms';
import { alarmsOfStream } from './stream-alarms';

/** Names of green's resources. */
export interface GreenNames {
  readonly application: string;
  /** The input streams, which it shares with blue, and its own results stream. */
  readonly streams: Readonly<Record<StreamRole, string>>;
}

/**
 * @param environment with the thresholds, which are the same as for blue
 * @param names see GreenNames
 * @param maxFutureSeconds green's setting
 * @returns the alarms of green and of its results stream: the alarms of blue with `-green` after the name and the same sections of the
 * runbook
 */
export function greenAlarms(environment: Environment, names: GreenNames, maxFutureSeconds: number): AlarmSpec[] {
  const { application, streams } = names;
  const all = [
    ...jobAlarms(environment, application),
    ...counterAlarms(environment, application, streams, maxFutureSeconds),
    // Until the sink is switched, nothing reads the stream; this is not a fault.
    ...alarmsOfStream(environment, 'results', streams.results, 'notBreaching'),
  ];
  return all.map((spec) => ({
    ...spec,
    name: `${spec.name}-green`,
    section: spec.name,
    description: `Green, the second version: ${spec.description}`,
  }));
}
