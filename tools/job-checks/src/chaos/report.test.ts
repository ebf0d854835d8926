import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import type { Ledger } from '@ad-analytics/verify/ledger';
import { printResult, renderReport, reportOf, writeResult } from './report';
import { type KeptResult, type ScenarioResult, isRight, sumOf } from './scenario-result';
import { SCENARIOS } from './scenarios';

const NOTHING_WRONG = { expected: 1_000, missing: 0, extra: 0, differing: 0, repeated: 3, agrees: true };
const RESULT: KeptResult & ScenarioResult = {
  scenario: 'network',
  title: 'Broken connections',
  seed: 7,
  measuredAt: '2026-11-28T05:00:00.000Z',
  injected: { reset: 12, 'entries not written': 0 },
  failedRequests: { 'GetRecords of aws-sdk-java': 12 },
  requests: 345,
  effects: { 'restarts of the job': 2 },
  secondsToRecover: 4.25,
  sent: 5_000,
  lost: 0,
  read: 5_010,
  stream: NOTHING_WRONG,
  table: NOTHING_WRONG,
  commit: 'abc1234',
  machine: { cpu: 'a cpu', cores: 2, memoryGiB: 24, system: 'Linux', node: 'v22', java: '17' },
};

describe('the report', () => {
  const type = { missing: 1, extra: 0, differing: 2, expected: 10, found: 9, pending: 0, repeated: 4 };
  const ledger = { agrees: false, types: [{ ...type }, { ...type, missing: 2 }] } as unknown as Ledger;

  it('adds up the record types', () => {
    expect(sumOf(ledger)).toEqual({ expected: 20, missing: 3, extra: 0, differing: 4, repeated: 8, agrees: false });
  });

  it('shows the injected faults, their effects, and whether all checks passed', () => {
    const text = renderReport([RESULT, { ...RESULT, seed: 8, table: sumOf(ledger) }, { ...RESULT, seed: 9, lost: 1 }]);
    expect(text).toContain('12 reset; 345 requests came through the proxy');
    expect(text).not.toContain('0 entries not written');
    expect(text).toContain('- failed requests: 12 GetRecords of aws-sdk-java');
    expect(text).toMatch(
      /\| `network` \| 7 \| right \| 5,000 \| 0 \| 1,000 \| 0 \| 0 \| 0 \| 1,000 \| 0 \| 0 \| 0 \| 4\.3 \|/,
    );
    expect(text).toMatch(/\| 8 \| WRONG \|.*\| 20 \| 3 \| 0 \| 4 \|/);
    expect(text).toMatch(/\| 9 \| WRONG \|/);
    expect(isRight(RESULT)).toBe(true);
    expect(printResult(RESULT).join('\n')).toContain('network, seed 7: right');
  });

  it('also has runs that did not reach their end', () => {
    const { scenario, title, seed, measuredAt, commit, machine } = RESULT;
    const unfinished = { scenario, title, seed, measuredAt, commit, machine, problem: 'no checkpoint\nsecond line' };
    const text = renderReport([unfinished]);
    expect(text).toMatch(/\| `network` \| 7 \| failed: no checkpoint \|/);
    expect(text).toContain('\n- failed: no checkpoint\n');
    expect(text).not.toContain('second line');
    const long = renderReport([{ ...unfinished, problem: 'x'.repeat(200) }]);
    expect(long).toMatch(/\| failed: x{72}… \|/);
    expect(long).toContain(`- failed: ${'x'.repeat(200)}\n`);
    expect(printResult(unfinished)).toEqual(['network, seed 7: failed: no checkpoint']);
  });

  it('includes the hand-written page about fixed defects', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'reliability '));
    try {
      writeFileSync(path.join(folder, 'found-and-fixed.md'), '# Found and fixed\n\n## Services\n\n- a fault\n');
      const report = await writeResult(folder, RESULT, [], async (_, text) => text);
      expect(readFileSync(report, 'utf8')).toContain(
        '\n\n## Found and fixed\n\n### Services\n\n- a fault\n\n## Runs\n',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keeps the results of earlier calls, in the order of the scenarios, and replaces one that ran again', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'reliability '));
    const write = (result: KeptResult) =>
      writeResult(folder, result, ['throttling', 'network'], async (_, text) => text);
    try {
      await write(RESULT);
      await write({ ...RESULT, scenario: 'network+sink' });
      await write({ ...RESULT, scenario: 'throttling', seed: 9 });
      const report = await write({ ...RESULT, sent: 6_000 });
      const rows = readFileSync(report, 'utf8')
        .split('\n')
        .filter((line) => /^\| `/.test(line));
      expect(rows.map((row) => row.split(' | ').slice(0, 4).join(' '))).toEqual([
        '| `throttling` 9 right 5,000',
        '| `network` 7 right 6,000',
        '| `network+sink` 7 right 5,000',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('in the repository matches the results and the page of found faults', () => {
    const folder = path.join(ROOT, 'docs', 'reliability');
    // Without what the formatter changes.
    const bare = (text: string) => text.replace(/[\s:-]/g, '');
    const expected = reportOf(folder, Object.keys(SCENARIOS));
    expect(bare(readFileSync(path.join(folder, 'README.md'), 'utf8'))).toBe(bare(expected));
  });
});
