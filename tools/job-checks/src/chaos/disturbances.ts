import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { processesWith } from '@ad-analytics/local-stack/processes';
import { anyMoment } from './moments';
import type { Counts, Target } from './scenario';

const KILLS_OF_TASK_MANAGERS = 10;
const KILLS_OF_THE_SINK = 5;
/** Maximum number of attempts to hit an invocation of the sink. */
const MAX_KILLS_OF_THE_SINK = 60;
const FROZEN_MS = 30_000;
const POLL_MS = 200;
const PATIENCE_MS = 300_000;

/** Kills the TaskManager with SIGKILL at random moments. A spare one is running, and the cluster restarts the job. */
export async function killTaskManagers(target: Target): Promise<Counts> {
  const { stack, job, signal, say } = target;
  for (let kill = 1; kill <= KILLS_OF_TASK_MANAGERS; kill += 1) {
    let killed = Date.now();
    await stack.flink.crashTaskManager(async () => {
      await anyMoment(target, 1_000, 8_000);
      killed = Date.now();
    });
    say(`TaskManager ${kill} of ${KILLS_OF_TASK_MANAGERS} killed`);
    // Without this wait, Flink could still report the job as running on the killed TaskManager.
    await restarted(job, killed, signal);
    await job.running(signal);
    say(`All tasks run again ${((Date.now() - killed) / 1_000).toFixed(1)} s later`);
  }
  return { 'TaskManagers killed': KILLS_OF_TASK_MANAGERS };
}

/** Not by the number of restarts: Flink updates no metric while it waits for the metrics of a killed TaskManager. */
async function restarted(job: Target['job'], after: number, signal: AbortSignal): Promise<void> {
  const since = async () => (await job.rest.latestRestart(job.id)) >= after || undefined;
  await waitUntil(since, {
    intervalMs: POLL_MS,
    timeoutMs: PATIENCE_MS,
    signal,
    onTimeout: () => new CommandError('The job was not restarted after its TaskManager was killed'),
  });
}

/** The local AWS stops responding, and continues later with all its data. */
export async function freezeAws(target: Target): Promise<Counts> {
  const { stack, signal, say } = target;
  const emulators = processesWith(`--bind ${new URL(stack.endpoint).host}`);
  const [emulator] = emulators;
  if (emulator === undefined || emulators.length > 1) throw new Error('the process of the local AWS was not found');
  await anyMoment(target, 5_000, 15_000);
  process.kill(emulator.pid, 'SIGSTOP');
  say(`Local AWS frozen for ${FROZEN_MS / 1_000} s`);
  try {
    await sleep(FROZEN_MS, undefined, { signal });
  } finally {
    process.kill(emulator.pid, 'SIGCONT');
  }
  return { 'seconds without AWS': FROZEN_MS / 1_000 };
}

/** Kills processes of the function with SIGKILL at random moments, until several kills have hit an invocation. */
export async function killSink(target: Target): Promise<Counts> {
  const { sinkBundle, killedInvocations, choice } = target;
  let killed = 0;
  for (let n = 0; n < MAX_KILLS_OF_THE_SINK && killedInvocations() < KILLS_OF_THE_SINK; n += 1) {
    await anyMoment(target, 300, 2_500);
    const functions = processesWith(sinkBundle);
    if (functions.length === 0) continue;
    process.kill(choice.of(functions).pid, 'SIGKILL');
    killed += 1;
  }
  if (killedInvocations() < KILLS_OF_THE_SINK)
    throw new Error(`${killed} kills hit only ${killedInvocations()} invocations of the sink`);
  return { 'processes of the sink killed': killed };
}
