import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { prepareOwnPython } from '@ad-analytics/setup/prepare.cjs';
import { type PreparedInput, STREAM_FOLDERS } from '../prepared-input';
import type { BatchRun } from './duckdb-analytics';

const FOLDER = path.join(ROOT, 'flink', 'bench', 'pathway');

/** @returns Python of Pathway's own environment, made if it is missing @throws StepError when it cannot be installed */
export function pathwayPython(): Promise<string> {
  return prepareOwnPython(FOLDER);
}

/**
 * Joins the clicks with Pathway, in a separate process.
 * @param python as pathwayPython gives it
 * @param results file to write
 */
export async function pathwayJoin(
  python: string,
  input: PreparedInput,
  results: string,
  signal: AbortSignal,
): Promise<BatchRun> {
  const folder = (stream: keyof typeof STREAM_FOLDERS) => path.join(input.folder, STREAM_FOLDERS[stream]);
  const { stdout } = await promisify(execFile)(
    python,
    [path.join(FOLDER, 'join.py'), folder('impressions'), folder('clicks'), results, '600'],
    { signal, maxBuffer: 1 << 26, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { cpuSeconds: number; seconds: number };
  const clicks = new Set(
    readFileSync(results, 'utf8')
      .split('\n')
      .flatMap((line) => /"click_id":"([^"]*)"/.exec(line)?.[1] ?? []),
  );
  return { ...told, figures: { 'attributed clicks': clicks.size } };
}
