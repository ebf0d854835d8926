/** The projects that an edit affects according to Nx: `nx affected -t test` tests exactly these. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT, npmProgram } from '@ad-analytics/setup/layout.cjs';

/** @returns the projects with tests that Nx tests after an edit of a file */
function testedAfter(file: string): string[] {
  expect(existsSync(path.join(ROOT, file))).toBe(true);
  const args = ['show', 'projects', '--affected', '--files', file, '--with-target', 'test', '--json'];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CI: 'true', NX_DAEMON: 'false', NX_TUI: 'false' };
  const output = execFileSync(process.execPath, [npmProgram('nx'), ...args], { cwd: ROOT, env, encoding: 'utf8' });
  return (JSON.parse(output) as string[]).sort();
}

describe('the tests after an edit of', () => {
  it.each([
    [
      'the dashboard',
      'apps/dashboard/src/page/panels/ctr.tsx',
      ['bench', 'dashboard', 'demo', 'docs', 'e2e', 'job-checks', 'report', 'tools'],
    ],
    [
      'the output sink',
      'apps/output-sink/src/process-batch.ts',
      ['bench', 'demo', 'docs', 'e2e', 'fault-proxy', 'infra', 'job-checks', 'output-sink', 'sink', 'tools'],
    ],
    ['the generator', 'apps/generator/src/main.ts', ['docs', 'generator', 'tools']],
    [
      'a fraud rule',
      'flink/sql/rules/click_velocity/rule.sql',
      ['bench', 'docs', 'flink', 'infra', 'job-checks', 'tools'],
    ],
    ['the cost page', 'docs/cost.md', ['bench', 'cost', 'docs', 'tools']],
    ['the prices', 'tools/cost/src/prices.ts', ['bench', 'cost', 'docs', 'tools']],
    ['a mapping of logs', 'tools/import/mappings/avazu.sql', ['bench', 'docs', 'e2e', 'import', 'tools']],
    [
      'the faults of AWS',
      'tools/fault-proxy/src/fault-kinds.ts',
      ['bench', 'docs', 'fault-proxy', 'job-checks', 'tools'],
    ],
    ['a benchmark', 'tools/bench/src/graph/bench-graph.ts', ['bench', 'docs', 'tools']],
    ['the exceptions of the audit', 'tools/supply-chain/audit-exceptions.json', ['docs', 'supply-chain', 'tools']],
    ['a runbook', 'docs/runbooks/alarms.md', ['docs', 'infra', 'tools']],
  ])('%s are those of the projects that use it', (_, file, projects) => {
    expect(testedAfter(file)).toEqual(projects);
  });

  it('the contract are those of every project that reads events or results', () => {
    const tested = testedAfter('libs/event-schemas/src/impression.ts');
    const apps = ['dashboard', 'flink', 'generator', 'output-sink'];
    const readers = [
      ...apps,
      'archive-table',
      'cost',
      'demo',
      'erase-user',
      'evaluate-fraud',
      'import',
      'report',
      'result-records',
      'serving-table',
      'tools',
      'verify',
    ];
    expect(tested).toEqual(expect.arrayContaining(readers));
    for (const project of ['chromium', 'setup']) expect(tested).not.toContain(project);
  });
});
