import { JobFailedError } from '@ad-analytics/command-line/errors';
import { FlinkRest } from '@ad-analytics/local-stack/flink-rest';
import { waitUntilRead } from './wait-until-read';

type Metrics = Record<string, number>;
const zeros: Metrics = Object.fromEntries(
  ['duplicate', 'late', 'rejected'].flatMap((kind) => [
    [`judge.${kind}Impressions`, 0],
    [`judge.${kind}Clicks`, 0],
  ]),
);

/** A job that returns the sets of metrics one after the other, and then repeats the last one. */
function jobShowing(readings: Metrics[]) {
  let asked = -1;
  const now = () => readings[Math.min(asked, readings.length - 1)] ?? {};
  const rest = new FlinkRest('http://unused');
  rest.metricNames = async () => {
    asked += 1;
    return Object.keys(now());
  };
  rest.metrics = async (_job, _vertex, names) => names.map((id) => ({ id, sum: now()[id] ?? 0, max: 0 }));
  const vertices = [{ id: 'v', name: 'all', parallelism: 1, status: 'RUNNING' }];
  return { rest, id: 'job', details: async () => ({ state: 'RUNNING', vertices }), asked: () => asked };
}
const reading = (impressions: number, clicks: number, downstream: number): Metrics => ({
  ...zeros,
  'Source__impressions.numRecordsOut': impressions,
  'Source__clicks.numRecordsOut': clicks,
  'sink.numRecordsIn': downstream,
  'judge.duplicateClicks': downstream,
});
const options = { pollMs: 1, signal: new AbortController().signal, onProgress: () => {} };

describe('waitUntilRead', () => {
  it('waits for both sources and for the downstream operators', async () => {
    const readings = [reading(0, 0, 0), reading(5, 0, 1), reading(5, 3, 2), reading(5, 3, 4), reading(5, 3, 6)];
    const job = jobShowing(readings);
    const shown: number[] = [];
    const counts = await waitUntilRead(
      job,
      { impression: 5, click: 3 },
      { ...options, onProgress: (n) => shown.push(n) },
    );
    expect(counts.duplicates.click).toBe(6);
    expect(shown.slice(0, 4)).toEqual([0, 5, 8, 8]);
    // The last change, and three equal readings.
    expect(job.asked()).toBe(readings.length - 1 + 3);
  });

  it('fails if the job lacks the counters', async () => {
    const job = jobShowing([{ 'Source__impressions.numRecordsOut': 1 }]);
    await expect(waitUntilRead(job, { impression: 1, click: 0 }, options)).rejects.toThrow(JobFailedError);
  });

  it('ends with the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const waiting = waitUntilRead(jobShowing([{}]), { impression: 1, click: 0 }, { ...options, signal });
    await expect(waiting).rejects.toThrow('enough');
  });
});
