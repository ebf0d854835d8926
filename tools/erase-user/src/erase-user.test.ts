/** The erasure on a local AWS: the user's data is removed from every version, and every other record still exists. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import {
  clientConfig,
  createServingClient,
  fitsPage,
  marshallItem,
  scorePages,
  ServingTable,
  tableReader,
} from '@ad-analytics/serving-table';
import { ArchiveReader } from '@ad-analytics/archive/archive-reader';
import { type GivenResult, givenResults } from '@ad-analytics/archive/given-results';
import { userPseudonym } from '@ad-analytics/pseudonyms/pseudonyms';
import { eraseUserCommand } from './erase-user-command';
import { resultsOfUser } from './results-of-user';
import { copyOf, everyVersion, filledBucket, filledTable } from './stores-for-tests';

const AWS = process.env['TEST_AWS_ENDPOINT'];
if (AWS === undefined) console.warn('SKIPPED: nothing is erased; the local AWS is missing: run npm run setup.');
const withAws = AWS === undefined ? describe.skip : describe;

const REGION = 'us-east-1';
const USER = "user-1's {id}";
const OTHERS = ['user-2', `${USER}2`];
const ADDRESS = '203.0.113.7';
const base64 = (text: string) => Buffer.from(text).toString('base64');

const REST: ResultRecord[] = [
  ...OTHERS.flatMap((userId, at) => resultsOfUser(userId, String(20 + at))),
  ...[
    { campaign_metrics: { key: USER } },
    { attribution_metrics: { campaign_id: USER } },
    { late_event: { source: 'impression', event_id: 'i-of-another' }, sequence: '2' },
    { fraud_alert: { rule: 'id_fan_out', actor_type: 'ip', actor_id: ADDRESS } },
    { rejected_event: { raw: base64('{"user_id":'), raw_length: 11 }, sequence: '3' },
  ].flatMap((given: GivenResult) => givenResults(given)),
];
const ALL = [...resultsOfUser(USER, '10'), ...REST];
const failedLine = (userId: string) => JSON.stringify({ rawData: base64(JSON.stringify({ user_id: userId })) });
const ERRORS = [failedLine(USER), failedLine('user-2')];
const once = (records: readonly ResultRecord[]) => [...new Map(records.map((one) => [one.record_id, one])).values()];
const idsOf = (records: readonly { record_id: unknown }[]) => records.map(({ record_id }) => String(record_id)).sort();

let folder: string;
let printed: string[];
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'erase-user-'));
  printed = [];
  said = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  jest.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) =>
  eraseUserCommand(new AbortController().signal)
    .exitOverride()
    .parseAsync(['--user-id', USER, '--progress', path.join(folder, 'notes.jsonl'), ...args], { from: 'user' });

describe('eraseUserCommand', () => {
  it('refuses to run without a store, and with outputs that are not those of Terraform', async () => {
    await expect(run()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--outputs') });
    const file = path.join(folder, 'outputs.json');
    writeFileSync(file, '{"results_table": "t"}');
    await expect(run('--outputs', file)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(file) });
    writeFileSync(file, '{"warehouse_workgroup": {"value": "w"}}');
    await expect(run('--outputs', file)).rejects.toMatchObject({
      message: expect.stringContaining('warehouse_database'),
    });
  });
});

const iceberg = (): string => {
  const file = path.join(folder, 'outputs.json');
  writeFileSync(file, JSON.stringify({ iceberg_bucket: { value: 'iceberg' } }));
  return file;
};

it('refuses --iceberg-done without --yes, and without an Iceberg table', async () => {
  await expect(run('--table', 't', '--outputs', iceberg(), '--iceberg-done')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('--yes'),
  });
  await expect(run('--table', 't', '--yes', '--iceberg-done')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('--outputs'),
  });
});

withAws('erase-user', () => {
  const endpoint = AWS ?? 'http://127.0.0.1:9';
  const tables = createServingClient({ region: REGION, endpoint });
  const objects = new S3Client({ ...clientConfig({ region: REGION, endpoint }), forcePathStyle: true });
  afterAll(() => [tables, objects].forEach((client) => client.destroy()));

  const archiveFolder = () => mkdtempSync(path.join(folder, 'archive-'));
  const table = () => filledTable(tables, once(ALL));
  const bucket = (records = ALL) => filledBucket(objects, archiveFolder(), records, ERRORS);

  async function inTable(name: string): Promise<ResultRecord[]> {
    const found: ResultRecord[] = [];
    for await (const record of new ServingTable(tableReader(tables), name).allRecords()) found.push(record);
    return found;
  }
  /** Every row of the archive, with all fields. */
  async function inArchive(name: string): Promise<Record<string, unknown>[]> {
    const copy = archiveFolder();
    await copyOf(objects, name, copy);
    return ArchiveReader.use(copy, (reader) => reader.anyRows('SELECT * FROM results ORDER BY ALL'));
  }
  /** Versions of objects with a click of the user. Clicks of the other user, whose id starts with the same text, do not count. */
  const traces = async (name: string) =>
    (await everyVersion(objects, name)).filter((text) => text.split(`${USER}2`).join('').includes(`k-${USER}`));
  const rows = (store: string, kind: string) =>
    printed
      .join('\n')
      .match(new RegExp(`${store} +${kind} +(\\d+) +(\\d+)`))
      ?.slice(1)
      .map(Number);

  it('counts first, and then removes the user from table and archive, and only the user', async () => {
    const [tableName, bucketName] = await Promise.all([table(), bucket()]);
    const expected = await bucket(REST);
    const stores = ['--table', tableName, '--archive', bucketName, '--endpoint', endpoint];

    // Otherwise the search of all versions below would find nothing even if the erasure failed.
    expect(await traces(bucketName)).not.toEqual([]);
    await run(...stores);
    expect(rows('archive', 'attributed_click')).toEqual([2, 0]);
    expect(rows('table', 'user_engagement')).toEqual([1, 0]);
    expect(printed.at(-1)).toContain('Nothing was removed');
    expect(idsOf(await inTable(tableName))).toEqual(idsOf(once(ALL)));
    expect(await inArchive(bucketName)).toHaveLength(ALL.length);

    printed = [];
    await run('--yes', ...stores);
    for (const type of ['unattributed_click', 'user_engagement', 'late_event', 'rejected_event']) {
      for (const store of ['archive', 'table']) expect([store, type, rows(store, type)]).toEqual([store, type, [1, 1]]);
    }
    expect(rows('archive', 'attributed_click')).toEqual([2, 2]);
    expect(rows('archive', 'fraud_alert')).toEqual([2, 2]);
    expect(rows('archive', 'not a result')).toEqual([1, 1]);
    expect(printed.join('\n')).toContain('Not searched, because it was not named: warehouse');

    const byId = (one: ResultRecord, other: ResultRecord) => (one.record_id < other.record_id ? -1 : 1);
    expect((await inTable(tableName)).sort(byId)).toEqual(once(REST).sort(byId));
    expect(await inArchive(bucketName)).toEqual(await inArchive(expected));
    const copy = archiveFolder();
    await copyOf(objects, bucketName, copy);
    expect(readdirSync(copy).sort()).toEqual(['errors', 'results']);
    expect(await traces(bucketName)).toEqual([]);
    const versions = await everyVersion(objects, bucketName);
    expect(versions.join('\n')).not.toContain(ERRORS[0]);
    expect(versions.join('\n')).toContain(ERRORS[1]);

    printed = [];
    await run('--yes', ...stores);
    expect(printed[0]).toBe('Found no records of this user.');
  });

  describe('with an Iceberg table', () => {
    const notes = () => existsSync(path.join(folder, 'notes.jsonl'));
    const notDone = { exitCode: 1, message: expect.stringContaining('--iceberg-done') };
    const stores = async () => ['--table', await table(), '--outputs', iceberg(), '--endpoint', endpoint];

    it('only counts without --yes, and prints the query for further ids', async () => {
      await run(...(await stores()));
      expect(printed.join('\n')).toMatch(/SELECT 'click' AS kind, id FROM/);
      expect(printed.join('\n')).not.toContain('DELETE');
      expect(printed.at(-1)).toContain('Nothing was removed');
      expect([notes(), said.filter((line) => line.startsWith('NOT DONE'))]).toEqual([false, []]);
    });

    it('keeps the notes until the printed statements are confirmed', async () => {
      const args = ['--yes', ...(await stores())];
      // They were not printed yet.
      await expect(run(...args, '--iceberg-done')).rejects.toMatchObject(notDone);
      expect(printed.at(-1)).toMatch(/in Athena.*:\nDELETE FROM results_once/);
      await expect(run(...args)).rejects.toMatchObject(notDone);
      // The table has lost the clicks; the statements have their ids from the notes.
      expect(printed.at(-1)).toContain(`'k-${USER.replaceAll("'", "''")}'`);
      expect(notes()).toBe(true);
      // Statements with this id were not printed.
      await expect(run(...args, '--click-id', 'k9', '--iceberg-done')).rejects.toMatchObject(notDone);
      expect(printed.at(-1)).toContain("'k9'");
      await run(...args, '--click-id', 'k9', '--iceberg-done');
      expect(notes()).toBe(false);
    });

    it('keeps the ids for a repetition, which prints the statements again', async () => {
      const args = ['--yes', ...(await stores())];
      await expect(run(...args, '--keep-notes')).rejects.toMatchObject(notDone);
      await run(...args, '--keep-notes', '--iceberg-done');
      expect(notes()).toBe(true);
      expect(printed.at(-1)).toContain('notes.jsonl');
      await expect(run(...args, '--iceberg-done')).rejects.toMatchObject(notDone);
      // The table has lost the clicks.
      expect(printed.at(-1)).toContain(`'k-${USER.replaceAll("'", "''")}'`);
      await run(...args, '--iceberg-done');
      expect(notes()).toBe(false);
    });

    it('prints no statements while another store fails', async () => {
      const failed = run('--yes', ...(await stores()), '--archive', 'no-such-bucket');
      await expect(failed).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('is next') });
      expect(printed.join('\n')).not.toContain('DELETE');
    });
  });

  it('removes the records with the pseudonym of the user if the key is given, and those with the id', async () => {
    const keyFile = path.join(folder, 'key');
    const key = 'k23456789012345678901234567890ab';
    writeFileSync(keyFile, `${key}\n`);
    const changed = resultsOfUser(userPseudonym(USER, Buffer.from(key)), '30');
    const tableName = await filledTable(tables, once([...ALL, ...changed]));
    const bucketName = await bucket([...ALL, ...changed]);
    const stores = ['--table', tableName, '--archive', bucketName, '--endpoint', endpoint];
    await run('--yes', '--privacy-key', keyFile, ...stores);
    expect(idsOf(await inTable(tableName))).toEqual(idsOf(once(REST)));
    const archived = (await inArchive(bucketName)).map((row) => String(row['record_id']));
    expect([...new Set(archived)].sort()).toEqual(idsOf(once(REST)));
  });

  it('refuses a key that is too short, without showing it', async () => {
    const keyFile = path.join(folder, 'key');
    writeFileSync(keyFile, 'hunter2\n');
    const refused = run('--privacy-key', keyFile, '--table', 'any', '--endpoint', endpoint);
    await expect(refused).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('7 bytes') });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });

  it('removes alerts about an address, and late events, that are named', async () => {
    const tableName = await table();
    await run(
      '--yes',
      '--table',
      tableName,
      '--endpoint',
      endpoint,
      '--address',
      ADDRESS,
      '--impression-id',
      'i-of-another',
    );
    const left = idsOf(await inTable(tableName));
    const named = (id: string) => id.endsWith(`:${ADDRESS}`) || id === 'late_event:stream:shard-0:2';
    expect(left).toEqual(idsOf(once(REST)).filter((id) => !named(id)));
    expect(left.length).toBe(once(REST).length - 2);
  });

  it.each(['PutObjectCommand', 'HeadObjectCommand', 'DeleteObjectCommand'])(
    'loses no record of another user when it ends at any %s, and continues',
    async (operation) => {
      const types = ['attributed_click', 'late_event'];
      const ofTypes = (records: readonly ResultRecord[]) => records.filter((one) => types.includes(one.record_type));
      const others = once(ofTypes(REST));
      const bucketName = await bucket(ofTypes(ALL));
      const args = ['--yes', '--archive', bucketName, '--endpoint', endpoint];
      const send = S3Client.prototype.send;
      // Interrupts at the first one, then at the second one, and so on, until all are done.
      for (let ends = 1; ends < 20; ends += 1) {
        let sent = 0;
        const crash = jest.spyOn(S3Client.prototype, 'send').mockImplementation(function (
          this: S3Client,
          ...call: unknown[]
        ) {
          const { constructor } = call[0] as object;
          if (constructor.name === operation && ++sent >= ends) return Promise.reject(new Error('the process ends'));
          return (send as (...all: unknown[]) => Promise<unknown>).apply(this, call);
        } as never);
        const done = await run(...args).then(
          () => true,
          () => false,
        );
        crash.mockRestore();
        const ids = new Set((await inArchive(bucketName)).map((row) => row['record_id']));
        expect(others.filter(({ record_id }) => !ids.has(record_id))).toEqual([]);
        if (done) break;
      }
      await run(...args);
      const left = (await inArchive(bucketName)).map((row) => String(row['record_id']));
      expect([...new Set(left)].sort()).toEqual(idsOf(others));
    },
  );

  it('removes the user from a page that the sink writes again in the meantime', async () => {
    const tableName = await table();
    const scores = ALL.filter(fitsPage).map((record, at) => ({
      record: { ...record, user_engagement: { ...record.user_engagement, score: 77 } },
      place: { stream: 'results', shard: 'shard-0', sequenceNumber: String(at) },
    }));
    const [again] = scorePages(scores, Date.now() + 1_000);
    const send = DynamoDBClient.prototype.send;
    let written = false;
    const race = jest.spyOn(DynamoDBClient.prototype, 'send').mockImplementation(async function (
      this: DynamoDBClient,
      ...call: unknown[]
    ) {
      const passOn = (...all: unknown[]) => (send as (...all: unknown[]) => Promise<unknown>).apply(this, all);
      if (call[0] instanceof PutItemCommand && !written) {
        written = true;
        await passOn(new PutItemCommand({ TableName: tableName, Item: marshallItem(again!.item) }));
      }
      return passOn(...call);
    } as never);
    await run('--yes', '--table', tableName, '--endpoint', endpoint);
    race.mockRestore();
    expect(written).toBe(true);
    const left = (await inTable(tableName))
      .filter(fitsPage)
      .map(({ user_engagement: { user_id, score } }) => [user_id, score]);
    expect(left.sort()).toEqual(OTHERS.map((userId) => [userId, 77]).sort());
  });

  it('erases what it can reach, and fails when a store or an object cannot be searched', async () => {
    const tableName = await table();
    const missing = 'no-such-bucket';
    const failed = run('--yes', '--table', tableName, '--archive', missing, '--endpoint', endpoint);
    await expect(failed).rejects.toMatchObject({ exitCode: 1 });
    expect(said.filter((line) => line.startsWith('NOT DONE'))).toEqual([
      expect.stringMatching(/archive: NoSuchBucket/),
    ]);
    expect(idsOf(await inTable(tableName))).toEqual(idsOf(once(REST)));
  });

  it('fails when the archive has records of a type that it does not know, or a file that is not Parquet', async () => {
    const bucketName = await bucket();
    const put = (Key: string) => objects.send(new PutObjectCommand({ Bucket: bucketName, Key, Body: 'not Parquet' }));
    await put('results/record_type=of_tomorrow/event_date=2026-11-23/a.parquet');
    await put('results/record_type=late_event/event_date=2026-11-23/broken.parquet');
    await expect(run('--yes', '--archive', bucketName, '--endpoint', endpoint)).rejects.toMatchObject({ exitCode: 1 });
    const problems = said.filter((line) => line.startsWith('NOT DONE')).join('\n');
    expect(problems).toMatch(/broken\.parquet: /);
    expect(problems).toMatch(/record_type=of_tomorrow\/ was not searched/);
  });
});
