import path from 'node:path';
import { type ProjectEnvironment, projectEnvironment } from '@ad-analytics/local-stack/environment';
import { createRunFolder } from '@ad-analytics/local-stack/run-folder';
import { benchApplication } from './bench-application';
import { currentCommit, describeMachine, loadAverage } from '@ad-analytics/command-line/machine';
import type { PartResult } from './part-result';
import { type InputPlan, type PreparedInput, prepareInput } from './prepared-input';

/** The input of every part of the benchmarks. */
export interface BenchSession {
  readonly environment: ProjectEnvironment;
  /** Folder of this call. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** The packaged application with the additions of the benchmarks, made once. @returns its folder */
  application(): Promise<string>;
  prepare(plan: InputPlan): Promise<PreparedInput>;
}

/** The findings of a part. The rest of its result is the same for all parts. */
export type Findings = Omit<PartResult, 'part' | 'command' | 'measuredAt' | 'commit' | 'machine' | 'load' | 'beside'>;

/** @param name of the command @param signal ends it */
export function startSession(name: string, signal: AbortSignal): BenchSession {
  const environment = projectEnvironment();
  const folder = createRunFolder(environment.runRoot, name);
  const say = (line: string) => console.error(`. ${line}`);
  say(`Logs of this run: ${folder}`);
  let application: Promise<string> | undefined;
  return {
    environment,
    folder,
    signal,
    say,
    application: () => {
      const { python, java, packageZip: zip } = environment;
      application ??= benchApplication({ zip, folder, python, java });
      return application;
    },
    prepare: (plan) => prepareInput(plan, path.join(environment.runRoot, 'bench-input'), signal),
  };
}

/**
 * Measures a part, and records the machine and the time.
 * @param part its name
 * @param command that measures it again
 * @param beside other programs that ran on the machine
 * @param work what to measure
 */
export async function measurePart(
  session: BenchSession,
  part: string,
  command: string,
  beside: string,
  work: (session: BenchSession) => Promise<Findings>,
): Promise<PartResult> {
  const before = loadAverage();
  const measuredAt = new Date().toISOString();
  const findings = await work(session);
  return {
    part,
    command,
    measuredAt,
    commit: currentCommit(),
    machine: describeMachine(session.environment.java),
    load: { before, after: loadAverage() },
    beside,
    ...findings,
  };
}
