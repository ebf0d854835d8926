import path from 'node:path';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { RecordedEvent } from '../replay-check/recording';
import { checkCase } from './check-case';
import { type Trial, changedApplication } from './changed-application';
import { sendEventField } from './event-field';
import { type Phase, UPGRADE_SETTINGS, type UpgradeCase, isPseudonymCase } from './matrix';
import { checkRefusals } from './refusals';
import { pseudonymSettings } from './pseudonym-settings';
import type { ReleasedRun } from './released-run';
import { reshard } from './reshard';
import { recordPhases, watermarkAfter } from './traffic';
import { UpgradeRun } from './upgrade-run';

/** The input that all cases of one run of the check share. */
export interface CaseContext {
  readonly stack: LocalStack;
  readonly checks: CheckList;
  readonly python: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** The run of the latest release, with its savepoint. */
  readonly released?: { readonly release: string; readonly run: ReleasedRun; readonly savepoint: string };
}

/** A phase that has been run. */
export interface PastPhase {
  readonly phase: Phase;
  /** Watermark when it was stopped, milliseconds since the epoch; Infinity for the last phase, which was drained. */
  readonly until: number;
  /** Number of results that were delivered until its end, in a case with pseudonyms. */
  readonly delivered?: number | undefined;
}

/** @returns folder of the application with these changes; the stack's own without any */
async function application(context: CaseContext, name: string, phase: number, trials: readonly Trial[]) {
  if (trials.length === 0) return undefined;
  const { stack, python } = context;
  const folder = path.join(stack.runFolder, `application-${name}-${phase}`);
  const clicks = stack.settings.fraud.clickVelocityThreshold;
  await changedApplication(path.join(stack.runFolder, 'application'), folder, trials, { clicks, python });
  return folder;
}

/** Checks that the job had no failure. */
async function checkNoFailure(context: CaseContext, name: string, job: FlinkJob): Promise<void> {
  const failures = (await job.rest.exceptions(job.id)).map(({ stacktrace }) => stacktrace.slice(0, 500));
  context.checks.holds(`${name}: the run did not fail`, failures.length === 0, failures.join('\n'));
}

/**
 * Runs the jobs of a case, each from the savepoint of the one before, and checks all that came out.
 * @param name of the case
 */
export async function runCase(context: CaseContext, name: string, upgrade: UpgradeCase): Promise<void> {
  const { stack, signal } = context;
  const released = upgrade.released === true ? context.released : undefined;
  const run = await UpgradeRun.prepare(stack, released?.run.name ?? name, signal);
  try {
    await runPhases(context, name, upgrade, run, released);
  } catch (error) {
    // An error caused by an interruption is not a failed check.
    if (!signal.aborted) throw error;
  } finally {
    await run.close();
  }
}

async function runPhases(
  context: CaseContext,
  name: string,
  upgrade: UpgradeCase,
  run: UpgradeRun,
  released: CaseContext['released'],
): Promise<void> {
  const { checks, say } = context;
  const { phases } = upgrade;
  const hasPseudonyms = isPseudonymCase(upgrade);
  const { maxOutOfOrdernessSeconds } = run.settings.eventTime;
  const traffic = trafficOf(upgrade, released?.run);
  const sent: RecordedEvent[] = [];
  const past: PastPhase[] = [];
  let savepoint = released?.savepoint;
  const base = released?.run.settings ?? {};
  if (released !== undefined) {
    run.keep(released.run.kept);
    sent.push(...readAgain(released.run));
    const phase = { change: `release ${released.release}`, settings: base };
    past.push({ phase, until: released.run.watermark });
  }
  for (const [place, change] of phases.entries()) {
    const privacy = change.pseudonyms === true ? pseudonymSettings(context.stack.runFolder) : {};
    const phase = { ...change, settings: { ...base, ...change.settings, ...privacy } };
    const title = `${name}: ${phase.change}`;
    const last = place === phases.length - 1;
    const records = traffic[place] ?? [];
    if (savepoint !== undefined && upgrade.refused !== undefined && past.length === 1)
      await checkRefusals(context, run, name, upgrade.refused, savepoint);
    say(title);
    if (phase.reshard?.job === 'stopped') await reshard(context, run, phase.reshard.how);
    // After a savepoint, the records are sent before the next job starts. For the savepoint of a release this is necessary: a job that
    // finds nothing to read in a shard treats the whole time since the savepoint as idle.
    const sentBefore = savepoint !== undefined && phase.reshard?.job !== 'running';
    if (sentBefore) await run.sender.send(records, run.signal);
    const job = await run.submit(phase.settings, {
      fromSavepoint: savepoint,
      parallelism: phase.parallelism ?? 1,
      application: await application(context, name, place, phase.trials ?? []),
    });
    await job.running(run.signal);
    if (savepoint !== undefined)
      checks.equal(`${title}: continues from the savepoint`, (await job.rest.restored(job.id))?.is_savepoint, true);
    if (phase.reshard?.job === 'running') await reshard(context, run, phase.reshard.how);
    if (!sentBefore) await run.sender.send(records, run.signal);
    sent.push(...records);
    // After a reshard there are other shards, and it is not known here which of them have an event.
    const resharded = phases.slice(0, place + 1).some((of) => of.reshard !== undefined);
    const watermark = resharded ? NaN : watermarkAfter(sent, maxOutOfOrdernessSeconds);
    if (resharded) await run.read(job, records);
    else await run.reached(job, watermark);
    // The next job delivers what the sink has buffered, in the form of this job.
    if (hasPseudonyms) await run.deliveredAll();
    if (last) await job.drain(run.signal);
    else savepoint = await job.stopWithSavepoint(run.signal);
    await checkNoFailure(context, title, job);
    const delivered = hasPseudonyms ? await run.delivered() : undefined;
    past.push({ phase, until: last ? Infinity : watermark, delivered });
  }
  await checkCase(context, run, name, past, released?.run.results ?? [], upgrade.nothingLate === true);
}

/** @returns the records of each phase */
function trafficOf({ phases, nothingLate, sendsEventField }: UpgradeCase, released: ReleasedRun | undefined) {
  if (released !== undefined) return slices(released.later, phases.length);
  const traffic = recordPhases(phases.length, { late: nothingLate !== true });
  return sendsEventField === true ? sendEventField(traffic) : traffic;
}

function slices<T>(list: readonly T[], number: number): T[][] {
  const size = Math.ceil(list.length / number);
  return Array.from({ length: number }, (_, place) => list.slice(place * size, (place + 1) * size));
}

/** @returns what a released job had read, as far as the clocks of the shards follow from it */
function readAgain({ kept }: ReleasedRun): RecordedEvent[] {
  return (['impressions', 'clicks'] as const).flatMap((stream) =>
    kept[stream].map(({ data }) => {
      let partitionKey = '';
      try {
        partitionKey = String(
          (JSON.parse(Buffer.from(data).toString('utf8')) as Record<string, unknown>)['impression_id'],
        );
      } catch {
        // A malformed record does not advance a clock.
      }
      return { stream, partitionKey, data, arrivalMs: 0 };
    }),
  );
}

/**
 * Runs a job over the first part of some traffic and stops it with a savepoint.
 * @param name of the run, part of the streams' names
 * @returns the run, to be kept for later releases, and the folder of the savepoint
 */
export async function makeReleasedRun(
  context: CaseContext,
  name: string,
): Promise<{ readonly run: ReleasedRun; readonly savepoint: string }> {
  const run = await UpgradeRun.prepare(context.stack, name, context.signal);
  try {
    const [first = [], ...others] = recordPhases(3);
    const watermark = watermarkAfter(first, run.settings.eventTime.maxOutOfOrdernessSeconds);
    const job = await run.submit({}, { parallelism: 2 });
    await job.running(run.signal);
    await run.sender.send(first, run.signal);
    await run.reached(job, watermark);
    const location = await job.stopWithSavepoint(run.signal);
    const savepoint = location.replace(/^file:(\/\/)?/, '');
    const kept = await run.stored();
    const results = await run.results();
    return {
      run: { name, settings: { ...UPGRADE_SETTINGS }, watermark, kept, results, later: others.flat() },
      savepoint,
    };
  } finally {
    await run.close();
  }
}
