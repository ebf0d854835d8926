/** The bundled output sink on a local AWS: all kinds of faults happen, and the table is correct at the end. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ServingTable, clientConfig, createServingClient, tableReader } from '@ad-analytics/serving-table';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { ToolProcess } from '@ad-analytics/local-stack/tool-process';
import { MappingTally } from '@ad-analytics/event-source-mapping/mapping-tally';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { createStreams } from '@ad-analytics/local-stack/streams';
import { buildSink } from './build-sink';
import { type Fault, faultyAws } from './faulty-dynamodb';
import { numberedClick } from './numbered-click';
import { runSink } from './run-sink';
import { sinkCommand } from './sink-command';
import { DEAD_LETTER_QUEUE, ensureQueue, messagesIn } from './sink-resources';

const AWS = process.env['TEST_AWS_ENDPOINT'];
if (AWS === undefined) console.warn('SKIPPED: the sink is not run; the local AWS is missing: run npm run setup.');
const withAws = AWS === undefined ? describe.skip : describe;
jest.setTimeout(300_000);

const REGION = 'us-east-1';
const FUNCTION_CRASHES = 'crash now';

const folder = mkdtempSync(path.join(os.tmpdir(), 'a sink '));
afterAll(() => rmSync(folder, { recursive: true }));

/** `version` distinguishes two contents of one id. */
const click = (n: number, version = 'first') => numberedClick(n, version);

withAws('the bundled output sink', () => {
  // A skipped suite is still constructed: the clients need a URL, but do not make requests.
  const endpoint = AWS ?? 'http://127.0.0.1:9';
  const kinesis = localKinesisClient(endpoint, REGION);
  const queues = new SQSClient(clientConfig({ region: REGION, endpoint }));
  const tables = createServingClient({ region: REGION, endpoint });
  afterAll(() => [kinesis, queues, tables].forEach((client) => client.destroy()));

  /** A new stream of two shards with these texts; one key is in one shard. */
  async function streamOf(records: readonly { key: string; text: string }[]): Promise<string> {
    const name = `results-${randomUUID()}`;
    await createStreams(kinesis, [name], 2);
    for (let at = 0; at < records.length; at += 400) {
      const batch = records.slice(at, at + 400);
      const answer = await kinesis.send(
        new PutRecordsCommand({
          StreamName: name,
          Records: batch.map(({ key, text }) => ({ PartitionKey: key, Data: Buffer.from(text) })),
        }),
      );
      expect(answer.FailedRecordCount ?? 0).toBe(0);
    }
    return name;
  }
  async function inTable(name: string): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    for await (const record of new ServingTable(tableReader(tables), name).allRecords())
      found.set(record.record_id, record);
    return found;
  }
  /** Receives the messages of the dead-letter queue. */
  async function deadLetters(): Promise<{ reason: string; shard: string; sequence_number: string; raw: string }[]> {
    const QueueUrl = await ensureQueue(queues, DEAD_LETTER_QUEUE);
    const letters: string[] = [];
    while ((await messagesIn(queues, QueueUrl)) > 0) {
      const { Messages: messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
      );
      if (messages.length === 0) break;
      letters.push(...messages.map(({ Body: body }) => body ?? ''));
    }
    return letters.map((letter) => JSON.parse(letter));
  }

  it('loses nothing, writes nothing twice and keeps the order in spite of all faults', async () => {
    const CLICKS = 400;
    const POISON = ['not JSON', JSON.stringify({ ...click(0), schema_version: 'x' })];
    const keyed = (value: object | string, key: string) => ({
      key,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    });
    const shardOf = (n: number) => `key ${n % 7}`;
    const records = Array.from({ length: CLICKS }, (_, n) => keyed(click(n), shardOf(n)));
    // Delivered twice, like after a restart of the job, and later again with changed content.
    records.push(...Array.from({ length: 50 }, (_, n) => keyed(click(n * 3), shardOf(n * 3))));
    records.push(...Array.from({ length: 30 }, (_, n) => keyed(click(n * 5, 'second'), shardOf(n * 5))));
    POISON.forEach((text, n) => records.splice(100 * (n + 1), 0, keyed(text, shardOf(n))));
    const streamName = await streamOf(records);
    const tableName = `sink-test-${randomUUID()}`;

    // A function that dies on request, after a part of its batch was written.
    const crash = path.join(folder, FUNCTION_CRASHES);
    const real = path.join(folder, 'real.mjs');
    const bundle = path.join(folder, 'index.mjs');
    await buildSink(real);
    writeFileSync(
      bundle,
      `import { renameSync } from 'node:fs';
       import { handler as real } from ${JSON.stringify(pathToFileURL(real).href)};
       let busy = false;
       export const handler = async (...args) => {
         busy = true;
         try {
           return await real(...args);
         } finally {
           busy = false;
         }
       };
       setInterval(() => {
         if (!busy) return;
         try {
           // Only one process dies.
           renameSync(${JSON.stringify(crash)}, ${JSON.stringify(`${crash} done`)});
         } catch {
           return;
         }
         process.kill(process.pid, 'SIGKILL');
       }, 5).unref();`,
    );
    const faults: Fault[] = [
      'throttled',
      'partly',
      'none',
      'crash',
      'none',
      'partly',
      'unanswered',
      'throttled',
      'crash',
    ];
    const aws = await faultyAws(endpoint, faults, () => writeFileSync(crash, ''));
    await deadLetters();
    const tally = new MappingTally();
    const failures: string[] = [];
    const queuesAtEnd = await runSink(
      { endpoint: aws.endpoint, region: REGION, runFolder: folder, streamName, kinesis },
      {
        tableName,
        bundle,
        settings: {
          batchSize: 60,
          maximumBatchingWindowInSeconds: 0,
          maximumRetryAttempts: -1,
          maximumRecordAgeInSeconds: -1,
          bisectBatchOnFunctionError: true,
          reportBatchItemFailures: true,
          startingPosition: 'TRIM_HORIZON',
        },
        say: () => {},
        observe: (event) => {
          tally.add(event);
          if (event.type === 'failed') failures.push(event.error);
        },
      },
      { stop: new AbortController().signal, drain: AbortSignal.abort() },
    ).finally(() => aws.close());

    expect(aws.happened.slice(0, faults.length)).toEqual(faults);
    expect(failures.some((error) => /SIGKILL in mid-batch/.test(error))).toBe(true);
    const expected = new Map<string, unknown>();
    for (let n = 0; n < CLICKS; n += 1) expected.set(click(n).record_id, click(n));
    for (let n = 0; n < 30; n += 1) expected.set(click(n * 5).record_id, click(n * 5, 'second'));
    expect(await inTable(tableName)).toEqual(expected);
    expect(tally).toMatchObject({ discarded: 0, processed: records.length });
    expect(queuesAtEnd.onFailure).toBe(0);
    const letters = await deadLetters();
    // After a crash between the dead letter and the checkpoint, the letter is sent again: delivery is at least once, and each letter has
    // its position.
    const positions = new Map(letters.map((letter) => [`${letter.shard} ${letter.sequence_number}`, letter]));
    expect([...positions.values()].map(({ raw }) => Buffer.from(raw, 'base64').toString()).sort()).toEqual(
      [...POISON].sort(),
    );
    for (const { reason } of letters) expect(reason).toMatch(/JSON|schema_version/);
  });

  it('fills the table with the command, and prints the counts', async () => {
    const streamName = await streamOf([
      ...[1, 2, 3].map((n) => ({ key: 'k', text: JSON.stringify(click(n)) })),
      { key: 'k', text: 'poison' },
    ]);
    const project = JSON.parse(readFileSync(path.join(__dirname, '../../../flink/kinesis-config.json'), 'utf8')) as {
      PropertyGroupId: string;
      PropertyMap: Record<string, string>;
    }[];
    const own = project.map((group) =>
      group.PropertyGroupId === 'AdDestinationStream'
        ? { ...group, PropertyMap: { ...group.PropertyMap, 'stream.name': streamName } }
        : group,
    );
    const configFile = path.join(folder, 'kinesis-config.json');
    writeFileSync(configFile, JSON.stringify(own));
    const stack = path.join(folder, 'current-stack.json');
    writeFileSync(stack, JSON.stringify({ endpoint, region: REGION, runFolder: folder, configFile }));
    const tableName = `sink-command-test-${randomUUID()}`;
    const said = jest.spyOn(console, 'log').mockImplementation(() => {});
    const toldOf = jest.spyOn(console, 'error').mockImplementation(() => {});
    const before = (await deadLetters()).length;
    try {
      const command = sinkCommand(new AbortController().signal).exitOverride();
      await command.parseAsync(['--stack', stack, '--table', tableName, '--until-read'], { from: 'user' });
      const text = said.mock.calls.flat().join('\n');
      expect(text).toMatch(/Records taken by the sink +4$/m);
      expect(text).toMatch(/Given up, to the on-failure queue +0$/m);
      expect(toldOf.mock.calls.flat().join('\n')).toContain(`Table ${tableName}: created`);
    } finally {
      said.mockRestore();
      toldOf.mockRestore();
    }
    expect(before).toBe(0);
    expect([...(await inTable(tableName)).keys()].sort()).toEqual([1, 2, 3].map((n) => click(n).record_id));
    expect(await deadLetters()).toMatchObject([{ reason: expect.stringContaining('JSON') }]);
  });

  it('says if the stack has ended', async () => {
    const stack = path.join(folder, 'gone-stack.json');
    const configFile = path.join(__dirname, '../../../flink/kinesis-config.json');
    writeFileSync(
      stack,
      JSON.stringify({ endpoint: 'http://127.0.0.1:9', region: REGION, runFolder: folder, configFile }),
    );
    // A separate process: the SDK does not recognise the errors of a test's realm.
    const sink = new ToolProcess(ROOT, ['sink', '--stack', stack, '--until-read']);
    expect(await sink.exitCode()).toBe(3);
    expect(sink.output).toContain('The local AWS at http://127.0.0.1:9 no longer responds');
  });

  it('creates a queue once, and counts its messages', async () => {
    const name = `queue-${randomUUID()}`;
    const url = await ensureQueue(queues, name);
    expect(await ensureQueue(queues, name)).toBe(url);
    expect(await messagesIn(queues, url)).toBe(0);
  });
});

describe('sinkCommand', () => {
  const run = (...args: string[]) =>
    sinkCommand(new AbortController().signal)
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .parseAsync(args, { from: 'user' });

  it('says what to do if no stack is running', async () => {
    await expect(run('--stack', path.join(folder, 'none.json'))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('npm run stack'),
    });
  });

  it.each([
    [['--batch-size', '10001'], /batch/i],
    [['--batch-size', 'x'], /number/],
    [['--from', 'AT_TIMESTAMP'], /Allowed choices/],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('rejects a missing bundle', async () => {
    const stack = path.join(folder, 'a-stack.json');
    writeFileSync(stack, JSON.stringify({ endpoint: 'http://127.0.0.1:9', region: REGION }));
    await expect(run('--stack', stack, '--bundle', 'no-such.mjs')).rejects.toThrow(/file not found: no-such\.mjs/);
    expect(existsSync('no-such.mjs')).toBe(false);
  });
});

it('fails without the URL of a queue', async () => {
  const client = { send: async () => ({}) } as unknown as SQSClient;
  await expect(ensureQueue(client, 'a-queue')).rejects.toThrow(/a-queue/);
});
