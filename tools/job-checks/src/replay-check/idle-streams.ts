import type { RecordType } from '@ad-analytics/event-schemas';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { type Ledger, UNCHECKED_LATE_EVENTS } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { classifyEvents } from './classified-events';
import { MARKER, START, TRAFFIC, type RecordedEvent, recordTraffic } from './recording';
import type { ReplayRun } from './replay-run';
import { verifyRun } from './run-checks';
import { keyInShard } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** When the clicks stop, in seconds since the start. Earlier events are sent at once. */
const CLICKS_STOP_SECONDS = 30;
/** Maximum duration of the impressions; long enough that this check never reaches the end of the traffic. */
const TRAFFIC_SECONDS = 300;

/** The computation takes CPU time from the job, so it does not run all the time. */
const VERIFY_EVERY_MS = 5_000;

/** The last click. If its window closes, the idle click stream does not hold back the watermark. */
function lastClick(): RecordedEvent {
  const ids = { user_id: MARKER, campaign_id: MARKER, ad_id: MARKER, publisher_id: MARKER };
  const event = { ...ids, click_id: MARKER, impression_id: keyInShard(MARKER, 0) };
  const arrivalMs = CLICKS_STOP_SECONDS * 1_000 - 1;
  return {
    stream: 'clicks',
    partitionKey: event.impression_id,
    data: JSON.stringify({ ...event, event_time: new Date(START + arrivalMs).toISOString() }),
    arrivalMs,
  };
}

const ofMarker = (data: Uint8Array) => {
  const text = Buffer.from(data).toString('utf8');
  return text.includes('"campaign_metrics:campaign:') && text.includes(`:${MARKER}"`);
};

/**
 * Stops the clicks while impressions still arrive, then stops the impressions. The last windows must close without a drain, and their results
 * must be right.
 * @param run with a short idle timeout
 */
export async function checkIdleStreams(
  stack: LocalStack,
  run: ReplayRun,
  types: readonly RecordType[],
  checks: CheckList,
): Promise<void> {
  const until = CLICKS_STOP_SECONDS * 1_000;
  const all = [...recordTraffic({ ...TRAFFIC, durationSeconds: TRAFFIC_SECONDS })];
  const kept = all.filter(({ stream, arrivalMs }) => stream === 'impressions' || arrivalMs < until);
  const records = [
    ...kept.filter(({ arrivalMs }) => arrivalMs < until),
    lastClick(),
    ...kept.filter(({ arrivalMs }) => arrivalMs >= until),
  ];
  const job = await run.start();
  const closed = new AbortController();
  const [sent] = await Promise.all([
    run.sender.sendAtOwnPace(records, { from: until, until: closed.signal, signal: run.signal }),
    run
      .waitForResults(job, 'the last window with clicks, closed while impressions arrive', (delivered) =>
        delivered.some(ofMarker),
      )
      .finally(() => closed.abort()),
  ]);
  checks.holds(
    `${run.name}: windows with clicks close after the clicks have stopped, while impressions go on`,
    sent < records.length,
    `not before the impressions stopped after ${TRAFFIC_SECONDS} s of traffic`,
  );

  const { metrics, attribution, eventTime } = run.settings;
  const windowMs = metrics.windowSeconds * 1_000;
  const outOfOrdernessMs = eventTime.maxOutOfOrdernessSeconds * 1_000;
  const times = classifyEvents(records.slice(0, sent), outOfOrdernessMs).map(({ time }) => time);
  const lastWindowEnd = (Math.floor(times.reduce((a, b) => Math.max(a, b)) / windowMs) + 1) * windowMs;
  const final = lastWindowEnd + attribution.windowSeconds * 1_000;
  let ledger: Ledger | undefined;
  let ended = '';
  await run
    .waitForResults(
      job,
      `all results that are final at ${new Date(final).toISOString()}, without new records`,
      async () => {
        ledger = await verifyRun(stack, run, types, final);
        return ledger.agrees;
      },
      VERIFY_EVERY_MS,
    )
    .catch((error: unknown) => {
      if (ledger === undefined || run.signal.aborted) throw error;
      ended = error instanceof Error ? error.message : String(error);
    });
  const pending = (ledger?.types ?? []).reduce((sum, type) => sum + type.pending, 0);
  checks.holds(
    `${run.name}: with both streams idle, without a drain, every window up to ${attribution.windowSeconds} s after the last event closes and is correct` +
      (pending > 0 ? ` (${pending} results of longer windows are not final yet)` : ''),
    ledger?.agrees === true,
    `${ended}\n${ledger ? printLedger(ledger).join('\n') : ''}`,
  );
  checks.equal(`${run.name}: the job still runs`, (await job.details()).state, 'RUNNING');
  await job.drain(run.signal);
  const complete = await verifyRun(stack, run, types);
  checks.holds(
    `${run.name}: the drain does not add a wrong result`,
    complete.agrees,
    `\n${printLedger(complete).join('\n')}`,
  );
  const results = await run.results();
  checks.equal(`${run.name}: no record_id has two contents`, results.contradictions, []);
  for (const note of complete.notes.filter((text) => text.startsWith(UNCHECKED_LATE_EVENTS)))
    console.log(`      ${note}`);
}
