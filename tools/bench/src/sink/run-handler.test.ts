import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runHandler } from './run-handler';
import { startStub } from './stub-dynamodb';

let folder: string;
let log: number;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bench-sink-'));
  log = openSync(path.join(folder, 'log'), 'a');
});
afterAll(() => {
  closeSync(log);
  rmSync(folder, { recursive: true });
});

/** @returns what a function with this body makes of two events, of two records and one */
function run(body: string) {
  const bundle = path.join(folder, 'function.mjs');
  const events = path.join(folder, 'events.jsonl');
  writeFileSync(bundle, `export const handler = async (event, context) => { ${body} };`);
  writeFileSync(events, '{"Records":[1,2]}\n{"Records":[3]}\n');
  return runHandler({ bundle, events, env: process.env, log, signal: new AbortController().signal });
}

describe('runHandler', () => {
  it('measures each batch in one process', async () => {
    const { batches, loadMs, firstAnswerMs } = await run('return { batchItemFailures: [] };');
    expect(batches.map(({ records }) => records)).toEqual([2, 1]);
    expect(firstAnswerMs).toBeGreaterThan(loadMs);
  });

  it('does not accept a failed record', async () =>
    expect(run("return { batchItemFailures: [{ itemIdentifier: '1' }] };")).rejects.toThrow('2 records as failed'));

  it('does not accept a function that fails', async () =>
    expect(run("throw new Error('broken');")).rejects.toThrow('exit code 1'));
});

describe('startStub', () => {
  it('accepts writes, and remembers requests that it does not know', async () => {
    const stub = await startStub();
    const ask = async (operation: string) =>
      (
        await fetch(stub.endpoint, {
          method: 'POST',
          headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
          body: '{}',
        })
      ).json();
    expect(await ask('BatchWriteItem')).toEqual({ UnprocessedItems: {} });
    expect(stub.unknown).toEqual([]);
    await ask('Query');
    expect(stub.unknown).toEqual(['DynamoDB_20120810.Query']);
    await stub.close();
  });
});
