import { FailureLines } from './failure-lines';
import { plannedTasks, taskOutcomes } from './nx-tasks';

const task = (taskId: string, status: number | undefined, cacheStatus = 'cache-miss') => ({
  taskId,
  target: 'test',
  projectName: 'x',
  hash: `hash of ${taskId}`,
  startTime: '2026-11-23T10:00:00.000Z',
  endTime: '2026-11-23T10:00:02.500Z',
  params: '',
  cacheStatus,
  status,
});

describe('taskOutcomes', () => {
  it('counts the tests of a task from its output, and what never ran as skipped', () => {
    const report = {
      run: {},
      tasks: [task('a:test', 0, 'local-cache-hit'), task('a:lint', 1), task('b:build', undefined)],
    };
    const output = (hash: string) => (hash === 'hash of a:test' ? 'Tests:       7 passed, 7 total\n' : '');
    const failures = new FailureLines();
    failures.add('a:   3:1  error  Unexpected any');
    expect(taskOutcomes(report, ['a:lint', 'a:test', 'b:build', 'c:build'], output, failures)).toEqual([
      {
        name: 'a:lint',
        totals: { passed: 0, failed: 1, skipped: 0 },
        fromCache: false,
        ms: 2_500,
        failures: ['  3:1  error  Unexpected any'],
      },
      { name: 'a:test', totals: { passed: 7, failed: 0, skipped: 0 }, fromCache: true, ms: 2_500, failures: [] },
      { name: 'b:build', totals: { passed: 0, failed: 0, skipped: 1 }, fromCache: false, ms: 0, failures: [] },
      { name: 'c:build', totals: { passed: 0, failed: 0, skipped: 1 }, fromCache: false, ms: 0, failures: [] },
    ]);
  });

  it('does not take something else for a report', () => {
    expect(() => taskOutcomes({ tasks: [{}] }, [], () => '', new FailureLines())).toThrow(/taskId/);
  });
});

describe('plannedTasks', () => {
  it('are those that do something themselves', () => {
    const node = (targets: object) => ({ name: 'x', data: { targets } });
    const task = (project: string, target: string) => ({ id: `${project}:${target}`, target: { project, target } });
    const graph = {
      graph: {
        nodes: {
          b: node({ test: { executor: 'nx:noop' }, 'test-java': { executor: 'nx:run-commands' } }),
          a: node({ lint: {} }),
        },
      },
      tasks: {
        tasks: { 'b:test': task('b', 'test'), 'b:test-java': task('b', 'test-java'), 'a:lint': task('a', 'lint') },
      },
    };
    expect(plannedTasks(graph)).toEqual(['a:lint', 'b:test-java']);
  });
});
