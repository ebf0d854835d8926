import { ErasureReport } from './erasure-report';
import { countRetries, describeFailure, MAX_ATTEMPTS, withRetries } from './failures';

const AT_ONCE = { baseMs: 0, capMs: 0 };

describe('withRetries', () => {
  it('gives up after a bounded number of attempts, with the last error', async () => {
    const report = new ErasureReport();
    let attempts = 0;
    const work = () => Promise.reject(new Error(`attempt ${(attempts += 1)}`));
    await expect(withRetries(work, () => true, report, AT_ONCE)).rejects.toThrow(`attempt ${MAX_ATTEMPTS}`);
    expect(report.retries).toBe(MAX_ATTEMPTS - 1);
  });

  it('does not repeat what cannot succeed', async () => {
    const report = new ErasureReport();
    await expect(
      withRetries(
        () => Promise.reject(new Error('no')),
        () => false,
        report,
        AT_ONCE,
      ),
    ).rejects.toThrow('no');
    expect(report.retries).toBe(0);
  });
});

it('counts the requests that the SDK repeats', async () => {
  const report = new ErasureReport();
  let run: (args: unknown) => Promise<unknown> = () => Promise.resolve();
  const add = (middleware: (next: unknown) => typeof run) => {
    run = middleware(() => Promise.resolve({ output: { $metadata: { attempts: 3 } } }));
  };
  countRetries({ middlewareStack: { add } }, report);
  await run({});
  expect(report.retries).toBe(2);
});

it('describes an error in one line, even without a message', () => {
  expect(describeFailure(Object.assign(new Error('gone'), { name: 'NoSuchBucket' }))).toBe('NoSuchBucket: gone');
  expect(describeFailure(new AggregateError([new Error('connect ECONNREFUSED')], ''))).toBe(
    'AggregateError: connect ECONNREFUSED',
  );
  expect(describeFailure('text')).toBe('text');
});
