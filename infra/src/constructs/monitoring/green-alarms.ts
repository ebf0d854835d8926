import type { Environment } from '../../environments/environment';
import type { StreamRole } from '../event-streams';
import type { AlarmSpec } from './alarm-spec';
import { counterAlarms } from './counter-alarms';
import { jobAlarms } from './job-alarms';
import { alarmsOfStream } from './stream-alarms';

/** What green is made of, by name. */
export interface GreenNames {
  readonly application: string;
  /** The input streams, which it shares with blue, and its own results stream. */
  readonly streams: Readonly<Record<StreamRole, string>>;
}

/**
 * @param environment with the thresholds, which are blue's
 * @param names see GreenNames
 * @param maxFutureSeconds green's setting
 * @returns the alarms of green and of its results stream: blue's, with `-green` after the name; the sections of the runbook are the same
 */
export function greenAlarms(environment: Environment, names: GreenNames, maxFutureSeconds: number): AlarmSpec[] {
  const { application, streams } = names;
  const all = [
    ...jobAlarms(environment, application),
    ...counterAlarms(environment, application, streams, maxFutureSeconds),
    // Until the sink is switched no part reads the stream, and that is right.
    ...alarmsOfStream(environment, 'results', streams.results, 'notBreaching'),
  ];
  return all.map((spec) => ({
    ...spec,
    name: `${spec.name}-green`,
    section: spec.name,
    description: `Green, the second version: ${spec.description}`,
  }));
}
