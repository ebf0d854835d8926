/** Stores in a local AWS, filled as the output sink and Firehose fill them. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { createServingTable, fitsPage, marshallItem, scorePages, toItem } from '@ad-analytics/serving-table';
import { ArchiveWriter } from '@ad-analytics/archive/archive-writer';

/** @returns name of a new table that holds the results, with the scores of each window in one page */
export async function filledTable(client: DynamoDBClient, records: readonly ResultRecord[]): Promise<string> {
  const table = `erase-user-${randomUUID()}`;
  await createServingTable(client, table);
  const scores = records.filter(fitsPage).map((record, at) => ({
    record,
    place: { stream: 'results', shard: 'shard-0', sequenceNumber: String(at) },
  }));
  const items = [
    ...records.filter((record) => !fitsPage(record)).map((record) => toItem(record, Date.now())),
    ...scorePages(scores, Date.now()).map(({ item }) => item),
  ];
  for (const item of items) await client.send(new PutItemCommand({ TableName: table, Item: marshallItem(item) }));
  return table;
}

/** @returns name of a new bucket with the archive of the results: one file for each type and day, and more lines in `errors/` */
export async function filledBucket(
  client: S3Client,
  folder: string,
  records: readonly ResultRecord[],
  errorLines: readonly string[],
): Promise<string> {
  const bucket = `erase-user-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  await ArchiveWriter.use(folder, async (writer) => {
    for (const record of records) await writer.add(Buffer.from(JSON.stringify(record)));
  });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const Key = path.relative(folder, file).split(path.sep).join('/');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: readFileSync(file) }));
  }
  if (errorLines.length > 0) {
    const Key = 'errors/format-conversion-failed/2026-11-23/part-1';
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `${errorLines.join('\n')}\n` }));
  }
  return bucket;
}

/** Copies the current objects of a bucket to a folder. @returns their keys */
export async function copyOf(client: S3Client, bucket: string, folder: string): Promise<string[]> {
  const { Contents: objects = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Key = '' } of objects) {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const file = path.join(folder, Key);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await body!.transformToByteArray());
  }
  return objects.map(({ Key = '' }) => Key);
}

/** @returns the contents of all versions of all objects of a bucket, as text */
export async function everyVersion(client: S3Client, bucket: string): Promise<string[]> {
  const { Versions: versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  return Promise.all(
    versions.map(async ({ Key, VersionId }) => {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
      return Buffer.from(await body!.transformToByteArray()).toString('latin1');
    }),
  );
}
