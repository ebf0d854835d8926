import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import which from 'which';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { CommandError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { changedApplication } from '../upgrade-check/changed-application';
import { anyMoment } from './moments';
import type { Counts, Target } from './scenario';

const KILLS_OF_THE_JOB_MANAGER = 2;
/** If a TaskManager kept the classes of each ended job, some seven jobs would fill its metaspace. */
const JOBS_IN_A_ROW = 10;
/** The disk is full for at least this long, and until it has had an effect. */
const FULL_MS = 20_000;
/** Bytes; smaller than any file of a checkpoint or of RocksDB. */
const LARGEST_FILE = 1_024;
const POLL_MS = 500;
const PATIENCE_MS = 300_000;
/** More clicks than any window has, so the added rule has no alert and the results stay the same. */
const NEVER = 1_000_000_000;

/** Waits for something that only a running job can do, and repeats it if the job restarts. */
async function whenRunning<T>({ job, signal }: Target, what: string, work: () => Promise<T>): Promise<T> {
  return waitUntil(
    async () => {
      await job.running(signal);
      return work().catch(() => undefined);
    },
    {
      intervalMs: POLL_MS,
      timeoutMs: PATIENCE_MS,
      signal,
      onTimeout: () => new CommandError(`The job could not ${what} within ${PATIENCE_MS / 1_000} s`),
    },
  );
}

/** Kills the JobManager with SIGKILL at random moments; another one becomes leader and restores the job from its last checkpoint. */
export async function killJobManager(target: Target): Promise<Counts> {
  const { stack, job, signal, say } = target;
  for (let kill = 1; kill <= KILLS_OF_THE_JOB_MANAGER; kill += 1) {
    const checkpoint = await whenRunning(target, 'write a checkpoint', () => job.checkpoint(signal));
    await anyMoment(target, 1_000, 8_000);
    const killed = Date.now();
    await stack.flink.crashJobManager();
    // The new one knows the job only after it has read the old one's data.
    const restored = await waitUntil(() => job.rest.restored(job.id).catch(() => undefined), {
      intervalMs: POLL_MS,
      timeoutMs: PATIENCE_MS,
      signal,
      onTimeout: () => new CommandError(`The job was not restored ${PATIENCE_MS / 1_000} s after kill ${kill}`),
    });
    if (restored.is_savepoint || restored.id < checkpoint)
      throw new Error(`the job was restored from ${JSON.stringify(restored)}, not from checkpoint ${checkpoint}`);
    await job.running(signal);
    say(
      `JobManager ${kill} of ${KILLS_OF_THE_JOB_MANAGER} killed; all tasks ran again ${((Date.now() - killed) / 1_000).toFixed(1)} s later`,
    );
  }
  return {
    'JobManagers killed': KILLS_OF_THE_JOB_MANAGER,
    'restores by another JobManager': KILLS_OF_THE_JOB_MANAGER,
  };
}

/** Stops the job with a savepoint at a random moment; a changed zip continues from there. */
export async function upgradeZip(target: Target): Promise<Counts> {
  const { stack, run, job, signal, say } = target;
  const application = path.join(stack.runFolder, `application-${run.name}`);
  await changedApplication(path.join(stack.runFolder, 'application'), application, ['rule', 'event-field'], {
    clicks: NEVER,
    python: projectEnvironment().python,
  });
  await anyMoment(target, 5_000, 15_000);
  const stopped = Date.now();
  const savepoint = await whenRunning(target, 'stop with a savepoint', () => job.stopWithSavepoint(signal));
  say('The job is stopped with a savepoint; starting the changed zip');
  target.application = application;
  target.job = await run.start(savepoint, { application });
  const restored = await target.job.rest.restored(target.job.id);
  if (restored?.is_savepoint !== true) throw new Error('the changed zip does not continue from the savepoint');
  say(`All tasks of the changed zip run ${((Date.now() - stopped) / 1_000).toFixed(1)} s after the stop began`);
  return { 'upgrades from a savepoint': 1 };
}

/** Replaces the job, again and again, by one that continues from its savepoint. All jobs run in the same TaskManager process. */
export async function replaceJob(target: Target): Promise<Counts> {
  const { stack, run, application, signal, say } = target;
  const taskManager = stack.flink.taskManagerPid();
  for (let job = 2; job <= JOBS_IN_A_ROW; job += 1) {
    await anyMoment(target, 1_000, 4_000);
    const stopped = Date.now();
    const savepoint = await whenRunning(target, 'stop with a savepoint', () => target.job.stopWithSavepoint(signal));
    target.job = await run.start(savepoint, { application });
    say(
      `Job ${job} of ${JOBS_IN_A_ROW} runs ${((Date.now() - stopped) / 1_000).toFixed(1)} s after the stop of the one before`,
    );
  }
  if (stack.flink.taskManagerPid() !== taskManager) throw new Error('the jobs did not run in the same TaskManager');
  return { 'jobs one after the other in one TaskManager': JOBS_IN_A_ROW };
}

/** @returns why a full disk cannot be simulated here; undefined if it can */
export function fullDiskMissing(): string | undefined {
  const found = which.sync('prlimit', { nothrow: true }) !== null;
  return found ? undefined : 'the program prlimit (util-linux) is missing';
}

async function limitFiles(pid: number, limit: string): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${limit}:`]);
}

/**
 * The disk is full for a while: Flink's processes can write nothing beyond 1 KiB of a file, neither checkpoints nor RocksDB's files. The
 * soft limit on the size of files needs no rights and no separate disk; a write fails as it does on a full disk, with another error code.
 */
export async function fillDisk(target: Target): Promise<Counts> {
  const { stack, job, signal, say } = target;
  await anyMoment(target, 5_000, 15_000);
  const failuresNow = () => job.rest.failedCheckpoints(job.id).catch(() => 0);
  const restartsNow = async () => (await job.rest.restarts(job.id).catch(() => undefined)) ?? 0;
  const [before, restartsBefore] = [await failuresNow(), await restartsNow()];
  const pids = [stack.flink.jobManagerPid(), stack.flink.taskManagerPid()];
  say(`The disk is full for ${FULL_MS / 1_000} s or more`);
  const from = Date.now();
  try {
    for (const pid of pids) await limitFiles(pid, String(LARGEST_FILE));
    await sleep(FULL_MS, undefined, { signal });
    await waitUntil(async () => (await failuresNow()) > before || (await restartsNow()) > restartsBefore || undefined, {
      intervalMs: POLL_MS,
      timeoutMs: PATIENCE_MS,
      signal,
      onTimeout: () => new CommandError('The full disk had no effect on the job'),
    });
  } finally {
    // A process may have ended; the others must get their limit back.
    await Promise.allSettled(pids.map((pid) => limitFiles(pid, 'unlimited')));
  }
  const seconds = Math.round((Date.now() - from) / 1_000);
  const failed = (await failuresNow()) - before;
  // Until a checkpoint is written, recovery is not complete. Incomplete files from the full disk may still make the job fail once.
  await whenRunning(target, 'write a checkpoint', () => job.checkpoint(signal));
  return { 'seconds with a full disk': seconds, 'checkpoints that failed': failed };
}
