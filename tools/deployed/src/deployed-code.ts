import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CodeLocation } from './deployed-application';

/** @returns SHA-256 of the file, base64 */
export function fileSha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64');
}

/**
 * @param client of S3
 * @param code bucket, key and version of the object
 * @param file to write it to
 * @returns its SHA-256, base64
 * @throws {Error} when the version does not exist
 */
export async function fetchCode(client: S3Client, code: CodeLocation, file: string): Promise<string> {
  const { Body: body } = await client.send(
    new GetObjectCommand({ Bucket: code.bucket, Key: code.key, VersionId: code.version }),
  );
  if (body === undefined) throw new Error(`s3://${code.bucket}/${code.key} is empty`);
  const bytes = await body.transformToByteArray();
  writeFileSync(file, bytes);
  return createHash('sha256').update(bytes).digest('base64');
}

/** The used part of the SDK's client of S3; tests replace it. */
export type ObjectVersions = Pick<S3Client, 'send'>;

/**
 * @param client of S3
 * @param bucket of the code
 * @param folder of its keys
 * @returns the latest version of the only object there; earlier versions stay after an update
 * @throws {Error} when no object exists, or there are several
 */
export async function latestCode(client: ObjectVersions, bucket: string, folder: string): Promise<CodeLocation> {
  const { Versions: versions = [] } = await client.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: `${folder}/` }),
  );
  const latest = versions.filter(({ IsLatest }) => IsLatest === true);
  const [only] = latest;
  if (only?.Key === undefined || only.VersionId === undefined || latest.length > 1) {
    throw new Error(`s3://${bucket}/${folder}/ must hold one object, and holds ${latest.length}`);
  }
  return { bucket, key: only.Key, version: only.VersionId };
}
