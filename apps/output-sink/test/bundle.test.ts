import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PROJECT = path.join(__dirname, '..');
const ENVIRONMENT = {
  PATH: process.env['PATH'],
  AWS_REGION: 'us-east-1',
  RESULTS_TABLE: 'results',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/dead-letters',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};
// A bundle can miss modules that are loaded by name at run time, which only shows outside the reach of node_modules.
const folder = mkdtempSync(path.join(tmpdir(), 'output sink '));
const bundle = path.join(folder, 'index.mjs');
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  const built = spawnSync(process.execPath, [path.join(PROJECT, 'build.mjs'), bundle], { encoding: 'utf8' });
  expect(built.stderr).toBe('');
  expect(built.status).toBe(0);
}, 60_000);

function run(script: string, env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, env, encoding: 'utf8' });
}

it('is a function that works outside the workspace', () => {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    const context = { functionName: 'output-sink', getRemainingTimeInMillis: () => 60000 };
    console.log('ANSWER ' + JSON.stringify(await handler({ Records: [] }, context)));`;
  const { status, stdout, stderr } = run(script, ENVIRONMENT);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('ANSWER {"batchItemFailures":[]}');
}, 60_000);

it('does not start without its settings, and names the first that is missing', () => {
  const { status, stderr } = run(`await import(${JSON.stringify(pathToFileURL(bundle).href)});`, {
    ...ENVIRONMENT,
    RESULTS_TABLE: '',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('Environment variable RESULTS_TABLE is not set');
}, 60_000);
