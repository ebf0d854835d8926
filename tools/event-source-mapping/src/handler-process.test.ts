import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HandlerProcess } from './handler-process';
import { kinesisEvent } from './kinesis-event';
import { shardRecords } from './fake-function';

const folder = mkdtempSync(path.join(tmpdir(), 'handler process '));
const logFile = path.join(folder, 'log');
const log = openSync(logFile, 'a');
afterAll(() => {
  closeSync(log);
  rmSync(folder, { recursive: true });
});

/** A handler that acts by the partition key of the first record, and returns its process id. */
const BUNDLE = `
export const handler = async (event, context) => {
  const todo = event.Records[0].kinesis.partitionKey;
  console.log('doing ' + todo);
  if (todo === 'throw') throw new RangeError('no');
  if (todo === 'crash') process.kill(process.pid, 'SIGKILL');
  if (todo === 'exit') process.exit(7);
  if (todo === 'hang') while (true);
  return { pid: process.pid, left: context.getRemainingTimeInMillis(), secret: process.env.SECRET };
};`;

function environment(source: string, timeoutMs = 60_000): HandlerProcess {
  const bundle = path.join(folder, 'index.mjs');
  writeFileSync(bundle, source);
  const env = { PATH: process.env['PATH'] };
  return new HandlerProcess({ bundle, functionName: 'f', functionArn: 'arn:f', env, timeoutMs, log });
}
const event = (todo: string) => {
  const records = shardRecords(1).map((record) => ({ ...record, partitionKey: todo }));
  return kinesisEvent(records, { shardId: 's', streamArn: 'a', region: 'r', roleArn: 'a' });
};

it('reuses the process for the next invocation, also after an exception, and starts another one after a crash', async () => {
  process.env['SECRET'] = 'of the caller';
  const fn = environment(BUNDLE);
  try {
    const answers = [];
    for (const todo of ['a', 'throw', 'b', 'crash', 'c', 'exit']) answers.push(await fn.invoke(event(todo)));
    const [a, thrown, b, crashed, c, exited] = answers;
    expect(a).toMatchObject({ kind: 'answered', response: { pid: expect.any(Number) } });
    expect(a).not.toMatchObject({ response: { secret: expect.anything() } });
    const pidOf = (answer: unknown) => (answer as { response: { pid: number } }).response.pid;
    expect(thrown).toEqual({ kind: 'failed', error: 'RangeError: no' });
    expect(pidOf(b)).toBe(pidOf(a));
    expect(crashed).toEqual({ kind: 'failed', error: 'the function was ended by SIGKILL in mid-batch' });
    expect(pidOf(c)).not.toBe(pidOf(a));
    expect(exited).toEqual({ kind: 'failed', error: 'the function ended with exit code 7 in mid-batch' });
    expect(readFileSync(logFile, 'utf8')).toContain('doing crash');
  } finally {
    delete process.env['SECRET'];
    fn.close();
  }
}, 60_000);

it('kills a function that does not respond in time', async () => {
  const fn = environment(BUNDLE, 5_000);
  expect(await fn.invoke(event('hang'))).toEqual({
    kind: 'failed',
    error: 'the function did not respond within 5 s',
  });
  fn.close();
}, 60_000);

it('reports a function that does not start, without waiting for the time-out', async () => {
  const fn = environment("throw new Error('Environment variable X is not set');");
  expect(await fn.invoke(event('a'))).toMatchObject({ kind: 'failed' });
  expect(readFileSync(logFile, 'utf8')).toContain('Environment variable X is not set');
  fn.close();
}, 60_000);
