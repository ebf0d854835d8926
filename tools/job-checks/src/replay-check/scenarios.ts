import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { findInterruption } from './interruption';
import { classifyEvents } from './classified-events';
import type { RecordedEvent } from './recording';
import type { ReplayRun } from './replay-run';

/** The input of a scenario: a prepared run without a job, and the recording including its ending. */
interface ScenarioInput {
  readonly stack: LocalStack;
  readonly run: ReplayRun;
  /** The traffic, followed by the ending, which has `endingLength` records. */
  readonly recording: readonly RecordedEvent[];
  readonly endingLength: number;
  readonly checks: CheckList;
}

/** Sends the whole recording through the job in one way or another; the job has ended with all windows closed. */
export type Scenario = (input: ScenarioInput) => Promise<void>;

const isWindow = (data: Uint8Array) => Buffer.from(data).includes('"campaign_metrics:');

/** The job runs, the records come when they are due, windows close by the watermark. */
export const live: Scenario = async ({ run, recording, endingLength, checks }) => {
  const job = await run.start();
  const traffic = recording.slice(0, -endingLength);
  await run.sender.sendAtOwnPace(traffic, { signal: run.signal });
  await run.waitForResults(job, 'a window closed by the watermark', (delivered) => delivered.some(isWindow));
  checks.holds(`${run.name}: windows close by the watermark before the traffic ends`, true, '');
  await run.sender.send(recording.slice(-endingLength), run.signal);
  await run.finish(job);
};

/** All records are in the streams before the job starts. */
export const backlog: Scenario = async ({ run, recording }) => {
  await run.sender.send(recording, run.signal);
  await run.finish(await run.start());
};

/** One stream is written and read long before the other. */
const oneStreamFirst =
  (first: RecordedEvent['stream']): Scenario =>
  async ({ run, recording, checks }) => {
    const [early, later] = [
      recording.filter(({ stream }) => stream === first),
      recording.filter(({ stream }) => stream !== first),
    ];
    await run.sender.send(early, run.signal);
    const job = await run.start();
    await run.read(job, early);
    const before = run.delivered().filter(isWindow).length;
    checks.equal(`${run.name}: no window closes before the other stream has records`, before, 0);
    await run.sender.send(later, run.signal);
    await run.finish(job);
  };
export const clicksFirst = oneStreamFirst('clicks');
export const impressionsFirst = oneStreamFirst('impressions');

/** Chooses where to interrupt, and prints which state the job must keep at this point. */
function interruption({ run, recording, checks }: ScenarioInput): number {
  const outOfOrdernessMs = run.settings.eventTime.maxOutOfOrdernessSeconds * 1_000;
  const events = classifyEvents(recording, outOfOrdernessMs);
  const { at, witnesses } = findInterruption(events, recording.length, outOfOrdernessMs);
  const { lateByClock, pendingClicks, clicksOnEarlier, duplicatesOfEarlier } = witnesses;
  checks.holds(
    `${run.name}: interrupted after ${at} of ${recording.length} records, where the state of the job determines ${lateByClock} late events, ` +
      `${duplicatesOfEarlier} duplicates, ${pendingClicks} pending clicks, impressions of ${clicksOnEarlier} clicks`,
    Math.min(...Object.values(witnesses)) > 0,
    'one of the counts is 0, so the interruption does not test this state',
  );
  return at;
}

/** Stopped in the middle with a savepoint, then started again from it. */
export const savepoint: Scenario = async (input) => {
  const { run, recording, checks } = input;
  const at = interruption(input);
  const first = recording.slice(0, at);
  await run.sender.send(first, run.signal);
  const job = await run.start();
  await run.read(job, first);
  const location = await job.stopWithSavepoint(run.signal);
  // While no job runs.
  await run.sender.send(recording.slice(at), run.signal);
  const resumed = await run.start(location);
  const restored = await resumed.rest.restored(resumed.id);
  checks.equal(`${run.name}: the second job continues from a savepoint`, restored?.is_savepoint, true);
  await run.finish(resumed);
};

/** So many that their results fill more than one request. Even then a savepoint must not wait for the stream. */
const HELD_RECORDS = 1_000;

/**
 * Stopped in the middle with a savepoint while the stream of results refuses all records, so that the latest results are in the sink's state, then
 * started again with twice the subtasks.
 */
export const rescaled: Scenario = async (input) => {
  const { run, recording, checks } = input;
  const at = interruption(input);
  const [first, held] = [recording.slice(0, at - HELD_RECORDS), recording.slice(at - HELD_RECORDS, at)];
  await run.sender.send(first, run.signal);
  const job = await run.start(undefined, { parallelism: 1 });
  await run.read(job, first);
  run.holdResults();
  // After the hold: on a busy machine, results of the first records are still on their way when the job has read them.
  const before = await run.countDelivered();
  await run.sender.send(held, run.signal);
  await run.read(job, [...first, ...held]);
  await run.waitForResults(
    job,
    'a result that is sent again',
    async () => (await run.counter(job, 'retriedResults')) > 0,
  );
  const location = await job.stopWithSavepoint(run.signal);
  checks.equal(
    `${run.name}: the latest results are not delivered before the savepoint`,
    await run.countDelivered(),
    before,
  );
  run.releaseResults();
  await run.sender.send(recording.slice(at), run.signal);
  const resumed = await run.start(location, { parallelism: 2 });
  const { vertices } = await resumed.details();
  checks.equal(
    `${run.name}: the second job has 2 subtasks`,
    Math.max(...vertices.map((vertex) => vertex.parallelism)),
    2,
  );
  await run.finish(resumed);
};

/** The TaskManager is killed in the middle, some time after a checkpoint; Flink continues from that. */
export const killedTaskManager: Scenario = async (input) => {
  const { stack, run, recording, checks } = input;
  const at = interruption(input);
  const killedAt = at + Math.round((recording.length - at) / 2);
  await run.sender.send(recording.slice(0, at), run.signal);
  const job = await run.start();
  await run.read(job, recording.slice(0, at));
  let checkpoint = -1;
  await stack.flink.crashTaskManager(async () => {
    checkpoint = await job.checkpoint(run.signal);
    const before = await run.countDelivered();
    await run.sender.send(recording.slice(at, killedAt), run.signal);
    await run.waitForResults(job, 'a result of records after the checkpoint', (delivered) => delivered.length > before);
  });
  await run.sender.send(recording.slice(killedAt), run.signal);
  await run.finish(job);
  const restored = await job.rest.restored(job.id);
  checks.holds(
    `${run.name}: the job recovers from a checkpoint`,
    restored !== undefined && !restored.is_savepoint && restored.id >= checkpoint,
    `checkpoint ${checkpoint} was taken, the job continues from ${JSON.stringify(restored)}`,
  );
  const { delivered, byIdentity } = await run.results();
  const again = `${run.name}: results between checkpoint and crash are written again`;
  if (restored?.id === checkpoint) checks.holds(again, delivered > byIdentity.size, 'no result was written twice');
  else checks.skip(again, 'a periodic checkpoint was taken in between');
};
