/** Scans the synthesised JSON of every environment, and of every example, with checkov. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { WORKSPACE } from '../project-files';
import { synthesiseAll } from '../synthesise-all';
import { evaluateReport, type Report, reportSchema, type ScannedStack } from './evaluate-report';

const FILE = 'cdk.tf.json';
const MAX_OUTPUT = 64 * 1024 * 1024;

/** @returns the report of checkov on the files of the folder */
async function checkov(folder: string): Promise<Report> {
  const launcher = path.join(WORKSPACE, 'tools', 'setup', 'with-own-python.cjs');
  const options = ['--framework', 'terraform_json', '--output', 'json', '--compact', '--soft-fail'];
  const args = [launcher, 'infra', '-m', 'checkov.main', '--directory', folder, ...options, '--skip-download'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MAX_OUTPUT });
  return reportSchema.parse(JSON.parse(stdout));
}

async function scan(): Promise<void> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'infra scan '));
  try {
    const stacks = synthesiseAll(scratch);
    const scanned = path.join(scratch, 'scanned');
    const json = new Map(
      stacks.map(({ name, folder }) => [
        name,
        JSON.parse(readFileSync(path.join(folder, FILE), 'utf8')) as ScannedStack,
      ]),
    );
    for (const [name, stack] of json) {
      mkdirSync(path.join(scanned, name), { recursive: true });
      // checkov's parser fails on `required_version`, and does not use the rest of that block.
      writeFileSync(path.join(scanned, name, FILE), JSON.stringify({ ...stack, terraform: {} }));
    }
    const report = await checkov(scanned);
    const problems = [...json].flatMap(([name, stack]) => {
      const result = evaluateReport(report, `/${name}/${FILE}`, stack);
      console.log(`${name}: ${result.passed} checks passed, ${result.skipped} skipped with a reason`);
      return result.problems.map((problem) => `${name}: ${problem}`);
    });
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

scan().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
