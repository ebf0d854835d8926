import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { ENDLESS_RETRIES } from '@ad-analytics/event-source-mapping/mapping-settings';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import type { FaultProxy } from '@ad-analytics/fault-proxy/fault-proxy';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { ReplayRun } from '../replay-check/replay-run';
import { runSink } from '@ad-analytics/sink/run-sink';

const POLL_MS = 500;
/** Longer than the longest time that the mapping waits between two attempts, on a busy machine as well. */
const PATIENCE_MS = 300_000;

/** The sink at work. */
export interface RunningSink {
  readonly bundle: string;
  readonly tableName: string;
  readonly tally: MappingTally;
  killed(): number;
  /** Waits until everything in the stream is written. @throws CommandError if nothing was written for a long time; the error of the sink if it fails */
  finish(): Promise<void>;
  /** Ends it at once. */
  stop(): Promise<void>;
}

/**
 * Starts the bundled sink on the results of a run.
 * @param proxy in front of the services that the function uses
 */
export function startSink(
  { stack, say }: { readonly stack: LocalStack; readonly say: (line: string) => void },
  run: ReplayRun,
  proxy: FaultProxy,
): RunningSink {
  const runFolder = path.join(stack.runFolder, run.name);
  mkdirSync(runFolder, { recursive: true });
  const [tally, stop, drain] = [new MappingTally(), new AbortController(), new AbortController()];
  let killed = 0;
  const tableName = `results-${run.name}`;
  const sink = {
    endpoint: proxy.endpoint,
    region: stack.region,
    runFolder,
    streamName: run.settings.results.streamName,
  };
  const kinesis = localKinesisClient(proxy.endpoint, stack.region);
  const done = runSink(
    { ...sink, kinesis },
    {
      tableName,
      settings: ENDLESS_RETRIES,
      bundle: undefined,
      say,
      observe: (event) => {
        tally.add(event);
        if (event.type === 'failed' && event.error.includes('SIGKILL')) killed += 1;
      },
    },
    { stop: stop.signal, drain: drain.signal },
  );
  done.catch(() => {}).finally(() => kinesis.destroy());
  return {
    bundle: path.join(runFolder, 'output-sink', 'index.mjs'),
    tableName,
    tally,
    killed: () => killed,
    finish: async () => {
      drain.abort();
      let ended = false;
      const over = done.finally(() => (ended = true));
      const progress = waitUntil(async () => (ended ? true : undefined), {
        intervalMs: POLL_MS,
        timeoutMs: PATIENCE_MS,
        progress: () => tally.processed,
        signal: stop.signal,
        onTimeout: () =>
          new CommandError(
            `The sink has written nothing for ${PATIENCE_MS / 1_000} s, and has not reached the end of the stream; its last error: ${tally.lastError ?? 'none'}`,
          ),
      });
      await Promise.all([over, progress]);
    },
    stop: async () => {
      stop.abort();
      await done.catch(() => {});
    },
  };
}
