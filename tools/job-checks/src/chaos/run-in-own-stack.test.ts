import { CheckList } from '@ad-analytics/command-line/check-list';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import type { LocalStack, StackOptions } from '@ad-analytics/local-stack/stack';
import { runInOwnStack } from './run-in-own-stack';

const withLocalStack = jest.fn();
const runScenario = jest.fn();
jest.mock('@ad-analytics/local-stack/stack', () => ({
  withLocalStack: (...args: unknown[]) => withLocalStack(...args),
}));
jest.mock('./chaos-run', () => ({
  ...jest.requireActual<object>('./chaos-run'),
  runScenario: (...args: unknown[]) => runScenario(...args),
}));

describe('a scenario whose stack breaks', () => {
  const run = { scenario: 'sink', seed: 1 };
  const scenario = { title: 'The sink killed' };
  const dead = new PartFailedError('Flink JobManager', 'ended with exit code 1', []);
  const lines: string[] = [];
  const start = (interrupted = new AbortController().signal) => {
    const checks = new CheckList((line) => lines.push(line));
    return runInOwnStack({} as StackOptions, run, scenario, { checks, interrupted, say: () => {} });
  };
  beforeEach(() => lines.splice(0));

  it('has a result that says why, after its work has ended', async () => {
    let over = false;
    withLocalStack.mockImplementation((_o: unknown, _i: unknown, work: (stack: LocalStack) => Promise<unknown>) => {
      const failed = Promise.reject(dead);
      return Promise.race([work({ parts: { failed } } as unknown as LocalStack), failed]);
    });
    runScenario.mockImplementation(async ({ signal }: { signal: AbortSignal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      over = true;
      throw signal.reason;
    });
    expect(await start()).toMatchObject({ ...run, ...scenario, problem: 'Flink JobManager ended with exit code 1.' });
    expect(over).toBe(true);
    expect(lines).toEqual(['FAIL  sink: the run reaches its end: Flink JobManager ended with exit code 1.']);
  });

  it('has one as well when the stack does not start', async () => {
    withLocalStack.mockRejectedValue(dead);
    expect(await start()).toMatchObject({ ...run, problem: 'Flink JobManager ended with exit code 1.' });
  });

  it('has none when it is interrupted', async () => {
    const interrupted = AbortSignal.abort(new Error('Ctrl-C'));
    withLocalStack.mockRejectedValue(interrupted.reason);
    await expect(start(interrupted)).rejects.toThrow('Ctrl-C');
    expect(lines).toEqual([]);
  });
});
