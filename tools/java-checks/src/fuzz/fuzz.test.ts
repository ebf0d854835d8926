import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InterruptedError } from '@ad-analytics/command-line/interrupts';
import { fuzz } from './fuzz';
import { FUZZ_TARGETS } from './fuzz-tests';
import { JazzerOutput } from './jazzer-output';
import { jazzerLog } from './run-jazzer';

const test = FUZZ_TARGETS['kpl-reader'][0]!;
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'fuzz '))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Fuzzes with a shell script that replaces Java. */
function fuzzWith(script: string, output: JazzerOutput, interrupted = new AbortController().signal) {
  const java = path.join(folder, 'java');
  writeFileSync(java, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return fuzz({ java, classPath: 'none', flink: folder, folder, interrupted }, test, 60, output, () => {});
}

describe('fuzz', () => {
  it('passes the test, its classes and the time to Jazzer, and logs its output', async () => {
    const output = new JazzerOutput();
    await fuzzWith(
      'echo "$@"; echo "#5 NEW cov: 1 ft: 2 corp: 3/4b"; echo "stat::number_of_executed_units: 5" >&2',
      output,
    );
    expect(output).toMatchObject({ executions: 5, findings: [] });
    const log = readFileSync(jazzerLog({ folder } as Parameters<typeof jazzerLog>[0], test), 'utf8');
    expect(log).toContain('--target_class=adanalytics.source.AggregatedRecordsFuzzTest --target_method=parts');
    expect(log).toMatch(/--instrument=adanalytics\.source\.\*\*,\S+ .*-max_total_time=60/);
  });

  it('does not fail when Jazzer has a finding, although its exit code is not 0', async () => {
    const output = new JazzerOutput();
    await fuzzWith('echo "Test unit written to /a/crash-1"; exit 77', output);
    expect(output.findings).toHaveLength(1);
  });

  it('fails with the end of the log when Jazzer ends without a finding', async () => {
    await expect(fuzzWith('echo no such class >&2; exit 1', new JazzerOutput())).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/ended with exit code 1[^]*no such class/),
    });
  });

  it.each(['true', 'echo "stat::number_of_executed_units: 5"'])(
    'fails when it searched nothing: %s',
    async (script) => {
      await expect(fuzzWith(script, new JazzerOutput())).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('searched nothing'),
      });
    },
  );

  it('ends when it is interrupted, reports the findings so far and deletes temporary files', async () => {
    const output = new JazzerOutput();
    const controller = new AbortController();
    const started = path.join(folder, 'started');
    const running = fuzzWith(
      `touch "${folder}/${test.name}.tmp/left"; echo "#7 NEW cov: 1 ft: 2 corp: 3/4b"; touch "${started}"; sleep 60`,
      output,
      controller.signal,
    );
    const interrupted = expect(running).rejects.toThrow('Interrupted');
    while (!existsSync(started) || output.executions === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(new InterruptedError('Ctrl-C', 130));
    await interrupted;
    expect(output).toMatchObject({ executions: 7, edges: 1 });
    expect(existsSync(path.join(folder, `${test.name}.tmp`))).toBe(false);
  });
});
