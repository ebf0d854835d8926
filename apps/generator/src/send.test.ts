import type { Interrupts } from './interrupts';
import { exitCodeOf, send } from './send';
import type { OutgoingRecord, TrafficTarget } from './target/traffic-target';

function* records(count: number, gapMs = 0): Generator<OutgoingRecord> {
  for (let i = 0; i < count; i += 1)
    yield { stream: 'impressions', partitionKey: `${i}`, data: `${i}`, arrivalMs: i * gapMs };
}

/** A target in memory, and the ways to end a run. */
function setUp(options: { breakAt?: number; stopAt?: number } = {}) {
  const taken: string[] = [];
  const breaking = new AbortController();
  const stop = new AbortController();
  const calls: string[] = [];
  const target: TrafficTarget = {
    description: 'memory',
    broken: breaking.signal,
    async put({ partitionKey }) {
      taken.push(partitionKey);
      if (taken.length === options.breakAt) breaking.abort(new Error('broken'));
      if (taken.length === options.stopAt) stop.abort();
    },
    close: async () => void calls.push('close'),
    abort: () => void calls.push('abort'),
    counts: () => ({ sent: { impressions: taken.length, clicks: 0 }, failed: 0, waiting: 0, retried: 0 }),
  };
  const giveUp = new AbortController();
  const interrupts: Interrupts = {
    stop: stop.signal,
    giveUp: giveUp.signal,
    exitCode: () => (stop.signal.aborted ? 130 : undefined),
  };
  return { target, taken, calls, interrupts, stop, giveUp, output: { write: () => true } };
}

describe('send', () => {
  it('sends all records in order, reports each, and closes the target', async () => {
    const { target, taken, calls, interrupts, output } = setUp();
    const told: string[] = [];
    const result = await send(records(2_500), target, {
      paced: false,
      interrupts,
      output,
      onSent: ({ partitionKey }) => void told.push(partitionKey),
    });
    expect(taken).toEqual(Array.from({ length: 2_500 }, (_, i) => `${i}`));
    expect(told).toEqual(taken);
    expect(calls).toEqual(['close']);
    expect(result).toMatchObject({ stopped: false, problem: undefined });
    expect(exitCodeOf(result, false, interrupts)).toBe(0);
  });

  it.each([true, false])('stops cleanly in between (paced: %p)', async (paced) => {
    const { target, taken, calls, interrupts, output } = setUp({ stopAt: 3 });
    const result = await send(records(1_000_000, 1), target, { paced, interrupts, output });
    expect(taken).toHaveLength(3);
    expect(calls).toEqual(['close']);
    expect(exitCodeOf(result, false, interrupts)).toBe(130);
    expect(exitCodeOf(result, true, interrupts)).toBe(0);
  });

  it('stops in the middle of a long wait', async () => {
    const { target, taken, interrupts, output, stop } = setUp();
    setImmediate(() => stop.abort());
    const result = await send(records(2, 1e9), target, { paced: true, interrupts, output });
    expect(taken).toEqual(['0']);
    expect(result.stopped).toBe(true);
  });

  it('ends when the target is broken, with its reason', async () => {
    const { target, taken, interrupts, output } = setUp({ breakAt: 2 });
    const result = await send(records(10), target, { paced: false, interrupts, output });
    expect(taken).toHaveLength(2);
    expect(result.problem?.message).toBe('broken');
    expect(exitCodeOf(result, true, interrupts)).toBe(1);
  });

  it('cancels the delivery at the second request', async () => {
    const { target, calls, interrupts, output, giveUp } = setUp();
    const closing = { ...target, close: async () => giveUp.abort() };
    await send(records(1), closing, { paced: false, interrupts, output });
    expect(calls).toEqual(['abort']);
  });

  it('closes the target when reading the records fails', async () => {
    const { target, calls, interrupts, output } = setUp();
    async function* failing(): AsyncGenerator<OutgoingRecord> {
      yield* records(1);
      throw new Error('unreadable');
    }
    await expect(send(failing(), target, { paced: false, interrupts, output })).rejects.toThrow('unreadable');
    expect(calls).toEqual(['close']);
  });

  it('reports a failure when a record was not delivered, even if the run was stopped', () => {
    const { interrupts, stop } = setUp();
    stop.abort();
    const counts = { sent: { impressions: 1, clicks: 0 }, failed: 1, waiting: 0, retried: 0 };
    expect(exitCodeOf({ counts, stopped: true, elapsedMs: 1, problem: undefined }, true, interrupts)).toBe(1);
  });
});
