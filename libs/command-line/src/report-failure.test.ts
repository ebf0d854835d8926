import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from './interrupts';
import { CommandError } from './errors';
import { reportFailure } from './report-failure';

const running = new AbortController().signal;
const interrupted = AbortSignal.abort(new InterruptedError('Ctrl-C', 130));

describe('reportFailure', () => {
  it('prints the message of an expected failure, with its exit code', () => {
    expect(reportFailure(new CommandError('The file is missing', 2), running)).toEqual({
      text: 'The file is missing',
      exitCode: 2,
    });
  });

  it('prints an unexpected failure with its stack', () => {
    const report = reportFailure(new TypeError('x is not a function'), running);
    expect(report.exitCode).toBe(1);
    expect(report.text).toMatch(/TypeError: x is not a function\n\s+at /);
  });

  it('prints only the interruption if nothing else failed', async () => {
    const expected = { text: 'Interrupted (Ctrl-C).', exitCode: 130 };
    expect(reportFailure(interrupted.reason, interrupted)).toEqual(expected);
    const aborted: unknown = await sleep(1, undefined, { signal: interrupted }).catch((error: unknown) => error);
    expect(reportFailure(aborted, interrupted)).toEqual(expected);
  });

  it('also prints another failure, and keeps the exit code of the interruption', () => {
    expect(reportFailure(new CommandError('The job is FAILED: no such stream', 4), interrupted)).toEqual({
      text: 'Interrupted (Ctrl-C).\nThis also failed, earlier or during the shutdown: The job is FAILED: no such stream',
      exitCode: 130,
    });
    expect(reportFailure(new RangeError('out of it'), interrupted).text).toMatch(/Ctrl-C[\s\S]*RangeError: out of it/);
  });
});
