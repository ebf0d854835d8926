import { setTimeout as sleep } from 'node:timers/promises';
import type { Choice } from '../hostile-check/choice';
import { processesWith } from '../e2e/processes';
import type { Counts, Target } from './scenario';

const KILLS_OF_TASK_MANAGERS = 3;
const KILLS_OF_THE_SINK = 5;
/** Attempts to meet an invocation of the sink. */
const MOST_KILLS_OF_THE_SINK = 60;
const FROZEN_MS = 30_000;

/** @returns a moment to wait, drawn between two times in milliseconds */
const moment = (choice: Choice, from: number, to: number) => from + choice.below(to - from);

/** kill -9 of the TaskManager at random moments, a spare one stands ready; the cluster restarts the job. */
export async function killTaskManagers({ stack, job, choice, signal, say }: Target): Promise<Counts> {
  for (let kill = 1; kill <= KILLS_OF_TASK_MANAGERS; kill += 1) {
    await stack.flink.crashTaskManager(() => sleep(moment(choice, 1_000, 8_000), undefined, { signal }));
    const killed = Date.now();
    say(`TaskManager ${kill} of ${KILLS_OF_TASK_MANAGERS} killed`);
    // Without this wait, the job could still be shown as running, by a TaskManager that is gone.
    await restarted(job, kill, signal);
    await job.running(signal);
    say(`All tasks run again ${((Date.now() - killed) / 1_000).toFixed(1)} s later`);
  }
  return { 'TaskManagers killed': KILLS_OF_TASK_MANAGERS };
}

async function restarted(job: Target['job'], times: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (((await job.rest.restarts(job.id)) ?? 0) < times) {
    if (Date.now() > deadline) throw new Error(`the job was not restarted after kill ${times}`);
    await sleep(200, undefined, { signal });
  }
}

/** The local AWS stops answering, and goes on later with all its data. */
export async function freezeAws({ stack, choice, signal, say }: Target): Promise<Counts> {
  const emulators = processesWith(`--bind ${new URL(stack.endpoint).host}`);
  const [emulator] = emulators;
  if (emulator === undefined || emulators.length > 1) throw new Error('the process of the local AWS was not found');
  await sleep(moment(choice, 5_000, 15_000), undefined, { signal });
  process.kill(emulator.pid, 'SIGSTOP');
  say(`Local AWS frozen for ${FROZEN_MS / 1_000} s`);
  try {
    await sleep(FROZEN_MS, undefined, { signal });
  } finally {
    process.kill(emulator.pid, 'SIGCONT');
  }
  return { 'seconds without AWS': FROZEN_MS / 1_000 };
}

/** kill -9 of the function's processes at random moments, until several of them have met an invocation. */
export async function killSink({ sinkBundle, killedInvocations, choice, signal }: Target): Promise<Counts> {
  let killed = 0;
  for (let n = 0; n < MOST_KILLS_OF_THE_SINK && killedInvocations() < KILLS_OF_THE_SINK; n += 1) {
    await sleep(moment(choice, 300, 2_500), undefined, { signal });
    const functions = processesWith(sinkBundle);
    if (functions.length === 0) continue;
    process.kill(choice.of(functions).pid, 'SIGKILL');
    killed += 1;
  }
  if (killedInvocations() === 0) throw new Error('no kill met an invocation of the sink');
  return { 'processes of the sink killed': killed };
}
