import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { fakeKinesis } from '@ad-analytics/local-stack/kinesis/fake-kinesis';
import { SETTINGS } from './fake-function';
import { MappingTally } from './mapping-tally';
import { runMapping } from './run-mapping';

const folder = mkdtempSync(path.join(tmpdir(), 'run mapping '));
const log = openSync(path.join(folder, 'log'), 'a');
const written = path.join(folder, 'written');
const crashed = path.join(folder, 'crashed');
afterAll(() => {
  closeSync(log);
  rmSync(folder, { recursive: true });
});

/**
 * A function that writes its records to a file. It is killed at "once" the first time, after a part of its batch was written, and at
 * "always" every time.
 */
const BUNDLE = `
import { appendFileSync, existsSync } from 'node:fs';
export const handler = async (event) => {
  for (const { eventID, kinesis } of event.Records) {
    const text = Buffer.from(kinesis.data, 'base64').toString();
    if (text === 'always') process.kill(process.pid, 'SIGKILL');
    if (text === 'once' && !existsSync(process.env.CRASHED)) {
      appendFileSync(process.env.CRASHED, '');
      process.kill(process.pid, 'SIGKILL');
    }
    appendFileSync(process.env.WRITTEN, eventID + ' ' + text + '\\n');
  }
  return { batchItemFailures: [] };
};`;

function mapping(send: (command: SendMessageCommand) => Promise<unknown>, tally = new MappingTally()) {
  const bundle = path.join(folder, 'index.mjs');
  writeFileSync(bundle, BUNDLE);
  const env = { PATH: process.env['PATH'], WRITTEN: written, CRASHED: crashed };
  return {
    kinesis: fakeKinesis({ s0: ['a', 'once', 'b'], s1: ['c', 'd', 'always', 'e'] }),
    queues: { send } as unknown as SQSClient,
    streamName: 'results',
    streamArn: 'arn:stream',
    region: 'us-east-1',
    roleArn: 'arn:role',
    onFailureQueueUrl: 'http://queue',
    handler: { bundle, functionName: 'f', functionArn: 'arn:f', env, timeoutMs: 60_000, log },
    settings: { ...SETTINGS, bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 },
    observe: (event: Parameters<MappingTally['add']>[0]) => tally.add(event),
  };
}
const ends = { stop: new AbortController().signal, drain: AbortSignal.abort() };

it('handles a function that is killed during a batch: all records are processed or at the destination, in the order of the shard', async () => {
  const sent: string[] = [];
  const tally = new MappingTally();
  const send = async ({ input }: SendMessageCommand) => sent.push(`${input.QueueUrl} ${input.MessageBody}`);
  await runMapping(mapping(send, tally), ends);
  const lines = [...new Set(readFileSync(written, 'utf8').trimEnd().split('\n'))];
  expect(lines.filter((line) => line.startsWith('s0'))).toEqual(['s0:0 a', 's0:1 once', 's0:2 b']);
  expect(lines.filter((line) => line.startsWith('s1'))).toEqual(['s1:0 c', 's1:1 d', 's1:3 e']);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^http:\/\/queue .*"shardId":"s1","startSequenceNumber":"2","endSequenceNumber":"2"/);
  expect(tally).toMatchObject({ processed: 6, discarded: 1 });
}, 60_000);

it('ends with the error if the destination rejects a batch', async () => {
  const send = () => Promise.reject(new Error('no such queue'));
  await expect(runMapping(mapping(send), ends)).rejects.toThrow('no such queue');
}, 60_000);
