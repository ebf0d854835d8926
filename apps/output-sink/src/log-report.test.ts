import { Logger } from '@aws-lambda-powertools/logger';
import { FakeTableWriter, serviceError } from '../test/fake-table-writer';
import { json, kinesisEvent, sequenceNumber } from '../test/kinesis-event';
import { metrics } from '../test/results';
import { createSink } from '../test/sink';

let printed: string;
const print = (chunk: unknown): true => {
  printed += String(chunk);
  return true;
};
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(print);
  jest.spyOn(process.stderr, 'write').mockImplementation(print);
});
afterEach(() => jest.restoreAllMocks());

const lines = (level: string) =>
  printed
    .split('\n')
    .filter((line) => line.includes(`"level":"${level}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('logs position and reason of invalid records, but not their content', async () => {
  const { invoke } = createSink({ logger: new Logger() });
  await invoke(kinesisEvent([Buffer.from('{"user_id":"somebody",'), json({ ...metrics(1), record_type: 'somebody' })]));
  expect(lines('WARN')).toMatchObject([
    { sequenceNumber: sequenceNumber(0), shard: 'shardId-000000000006', reason: 'JSON: is not valid JSON' },
    { sequenceNumber: sequenceNumber(1), stream: 'AdResultantOutput', function_request_id: 'request-1' },
  ]);
  expect(printed).not.toContain('somebody');
});

it('logs why a record is delivered again', async () => {
  const table = new FakeTableWriter(() => ({ error: serviceError('ThrottlingException') }));
  await createSink({ table, logger: new Logger() }).invoke(kinesisEvent([json(metrics(1))]));
  expect(lines('ERROR')).toMatchObject([
    { sequenceNumber: sequenceNumber(0), error: { name: 'ThrottlingException', message: expect.any(String) } },
  ]);
});

it('does not write thousands of lines', async () => {
  const { invoke } = createSink({ logger: new Logger() });
  await invoke(kinesisEvent(Array.from({ length: 1_000 }, () => Buffer.from('{'))));
  expect(lines('WARN')).toHaveLength(10);
});
