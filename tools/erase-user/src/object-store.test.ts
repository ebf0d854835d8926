import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { ErasureReport } from './erasure-report';
import { ObjectStore, rewrittenKey } from './object-store';

const KEY = 'results/record_type=late_event/event_date=2026-11-23/2026112310-a-1.2.parquet';
const OLD = { key: KEY, etag: 'e', versionId: 'v1', storageClass: 'STANDARD_IA' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'objects-'));
  file = path.join(folder, 'object');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A fake S3 that answers each operation with the given responses and records the requests. */
function s3(answers: Readonly<Record<string, () => unknown>>) {
  const sent: [operation: string, input: Record<string, unknown>][] = [];
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    sent.push([command.constructor.name, command.input]);
    return answers[command.constructor.name]?.() ?? {};
  };
  return { sent, store: new ObjectStore({ send } as unknown as S3Client, 'bucket') };
}
const versions = () => ({
  Versions: [
    { Key: KEY, VersionId: 'v1', IsLatest: true },
    { Key: KEY, VersionId: 'v0', IsLatest: false },
    { Key: `${KEY}.other`, VersionId: 'v1', IsLatest: true },
  ],
});

describe('rewrittenKey', () => {
  it('stays in the folder, depends on the content only, and does not become longer with each replacement', () => {
    const first = rewrittenKey(KEY, Buffer.from('a'));
    expect(first).toMatch(
      /^results\/record_type=late_event\/event_date=2026-11-23\/2026112310-a-1\.2\.rewritten-[0-9a-f]{16}\.parquet$/,
    );
    expect(rewrittenKey(KEY, Buffer.from('a'))).toBe(first);
    expect(rewrittenKey(first, Buffer.from('a'))).toBe(first);
    expect(rewrittenKey(first, Buffer.from('b'))).not.toBe(first);
    expect(rewrittenKey('errors/a.b/part-1', Buffer.from('a'))).toMatch(
      /^errors\/a\.b\/part-1\.rewritten-[0-9a-f]{16}$/,
    );
  });
});

describe('ObjectStore', () => {
  it('writes the new object before it deletes all versions of the old one', async () => {
    writeFileSync(file, 'rest');
    const { sent, store } = s3({
      HeadObjectCommand: () => ({ ContentLength: 4 }),
      ListObjectVersionsCommand: versions,
    });
    const key = await store.replace(OLD, file);
    expect(sent.map(([operation, { Key, VersionId }]) => [operation, Key, VersionId])).toEqual([
      ['PutObjectCommand', key, undefined],
      ['HeadObjectCommand', key, undefined],
      ['ListObjectVersionsCommand', undefined, undefined],
      ['DeleteObjectCommand', KEY, 'v1'],
      ['DeleteObjectCommand', KEY, 'v0'],
    ]);
    expect(sent[0]?.[1]).toMatchObject({ StorageClass: 'STANDARD_IA', ChecksumAlgorithm: 'SHA256' });
  });

  it('does not delete the old object when the new one has another length', async () => {
    writeFileSync(file, 'rest');
    const { sent, store } = s3({ HeadObjectCommand: () => ({ ContentLength: 3 }) });
    await expect(store.replace(OLD, file)).rejects.toThrow(/3 bytes instead of 4.*was not changed/);
    expect(sent.map(([operation]) => operation)).not.toContain('DeleteObjectCommand');
  });

  it('fails when the old object is gone, since another erasure may have written it again', async () => {
    const { store } = s3({ ListObjectVersionsCommand: () => ({}) });
    await expect(store.replace(OLD, undefined)).rejects.toThrow('deleted by another program');
  });

  it('reads all pages of a listing, and counts older versions', async () => {
    const pages = [
      { Versions: [{ Key: 'a', IsLatest: true }], IsTruncated: true, NextKeyMarker: 'a', NextVersionIdMarker: 'v' },
      {
        Versions: [
          { Key: 'a', IsLatest: false },
          { Key: 'b', IsLatest: true },
        ],
      },
    ];
    const { sent, store } = s3({ ListObjectVersionsCommand: () => pages.shift() });
    const keys = [];
    for await (const { key } of store.objects('')) keys.push(key);
    expect([keys, store.oldVersions]).toEqual([['a', 'b'], 1]);
    expect(sent[1]?.[1]).toMatchObject({ KeyMarker: 'a', VersionIdMarker: 'v' });
  });

  const broken = () => {
    const body = new Readable({ read: () => body.destroy(new Error('connection reset')) });
    return { Body: body };
  };

  it('repeats a download that breaks, and counts the repeat', async () => {
    const bodies = [broken, () => ({ Body: Readable.from(['content']) })];
    const { store } = s3({ GetObjectCommand: () => bodies.shift()?.() });
    const report = new ErasureReport();
    await store.download(OLD, file, report);
    expect(readFileSync(file, 'utf8')).toBe('content');
    expect(report.retries).toBe(1);
  });

  it('does not repeat a download that S3 refuses', async () => {
    const refused = Object.assign(new Error('Access Denied'), { $metadata: { httpStatusCode: 403 } });
    const { sent, store } = s3({ GetObjectCommand: () => Promise.reject(refused) });
    await expect(store.download(OLD, file, new ErasureReport())).rejects.toBe(refused);
    expect(sent).toHaveLength(1);
  });
});
