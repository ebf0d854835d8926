import { JobFailedError } from '@ad-analytics/command-line/errors';
import { skippedBy } from './beside/bench-beside';
import { TooFastError } from './measure-job';
import { commandToRepeat, throwIfAnyFailed } from './part-command';

describe('commandToRepeat', () => {
  it('keeps the sizes, and leaves out where to write and what else ran', () => {
    const args = ['--', '--events', '100', '--beside', 'tests, and more', '--report', '/r', '--runs', '2'];
    expect(commandToRepeat('bench-graph', args)).toBe('npx nx run tools:bench-graph -- --events 100 --runs 2');
    expect(commandToRepeat('bench-beside', ['--only', 'parse only,DuckDB'])).toBe(
      'npx nx run tools:bench-beside -- --only "parse only,DuckDB"',
    );
    expect(commandToRepeat('bench-graph', [])).toBe('npx nx run tools:bench-graph');
  });
});

describe('a program that is not measured', () => {
  const reasonOf = (error: Error) => skippedBy('a join', error);

  it('fails the command at its end, if it failed itself', () => {
    const failed = reasonOf(new JobFailedError('The job is FAILED'));
    expect(failed).toEqual({ what: 'a join', reason: 'The job is FAILED', failed: true });
    expect(() => {
      throwIfAnyFailed([failed]);
    }).toThrow('a join');
  });

  it('does not fail the command, if it was too fast', () => {
    expect(() => {
      throwIfAnyFailed([reasonOf(new TooFastError('a join'))]);
    }).not.toThrow();
  });

  it('ends the command at once after any other error', () => {
    expect(() => reasonOf(new Error('disk full'))).toThrow('disk full');
  });
});
