import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
  type StorageClass,
} from '@aws-sdk/client-s3';
import type { ErasureReport } from './erasure-report';
import { withRetries } from './failures';

/** An object of the archive, in its current version. */
export interface ArchivedObject {
  readonly key: string;
  /** Changes when the content changes. */
  readonly etag: string;
  readonly versionId: string | undefined;
  readonly storageClass: string | undefined;
}

const HASH_LENGTH = 16;
const SERVER_ERROR = 500;
/** An object that replaces another one has a name that ends in this text and a hash of its content. */
const REWRITTEN = /\.rewritten-[0-9a-f]+(?=(\.[^./]*)?$)/;

/**
 * @param key of an object
 * @param content of the object that takes its place
 * @returns its key, in the same folder. The same content gives the same key, so a retry after a crash does not add another object
 */
export function rewrittenKey(key: string, content: Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, HASH_LENGTH);
  const [, name = '', extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(key.replace(REWRITTEN, '')) ?? [];
  return `${name}.rewritten-${hash}${extension}`;
}

/** @returns whether the connection or the service failed. If S3 refused the request, a retry does not help */
function isTransient(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return ($metadata?.httpStatusCode ?? SERVER_ERROR) >= SERVER_ERROR;
}

/** A bucket whose objects are immutable: a changed object replaces the old one. */
export class ObjectStore {
  /** Number of older versions of objects in the listings. They are not searched. */
  oldVersions = 0;

  /** @param client of S3; it repeats requests itself @param bucket its name */
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  /** @returns the folders directly below a folder */
  async folders(folder: string): Promise<string[]> {
    const found: string[] = [];
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.bucket, Prefix: folder, Delimiter: '/' },
    );
    for await (const page of pages) found.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
    return found;
  }

  /** @returns the objects below a folder, in the order of their keys */
  async *objects(folder: string): AsyncGenerator<ArchivedObject> {
    for await (const { Key, ETag, VersionId, StorageClass, IsLatest } of this.versions(folder)) {
      if (IsLatest === true) yield { key: Key, etag: ETag ?? '', versionId: VersionId, storageClass: StorageClass };
      else this.oldVersions += 1;
    }
  }

  /** Writes the content of an object to a file. Retries when the connection breaks during the download. */
  async download({ key, versionId }: ArchivedObject, file: string, report: ErasureReport): Promise<void> {
    const once = async () => {
      const { Body: body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }),
      );
      await pipeline(body as Readable, createWriteStream(file));
    };
    await withRetries(once, isTransient, report);
  }

  /**
   * Writes the new object, and then deletes the old one with all its versions.
   * @param old object
   * @param file with the content of the new one; undefined: the old one is deleted without a replacement
   * @returns key of the new object
   * @throws {Error} when another program deleted the old object in the meantime: then there may be two new ones
   */
  async replace(old: ArchivedObject, file: string | undefined): Promise<string | undefined> {
    const key = file === undefined ? undefined : await this.put(old, readFileSync(file));
    const versions = [];
    for await (const version of this.versions(old.key)) if (version.Key === old.key) versions.push(version.VersionId);
    if (versions.length === 0) {
      throw new Error(`${old.key} was deleted by another program. Run the command again when no other one runs.`);
    }
    for (const VersionId of versions) {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: old.key, VersionId }));
    }
    return key;
  }

  private async put(old: ArchivedObject, content: Uint8Array): Promise<string> {
    const key = rewrittenKey(old.key, content);
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: content,
        // S3 compares the uploaded content with this checksum.
        ChecksumAlgorithm: 'SHA256',
        ...(old.storageClass === undefined ? {} : { StorageClass: old.storageClass as StorageClass }),
      }),
    );
    const { ContentLength: length } = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
    if (length !== content.length) {
      throw new Error(`${key} has ${length} bytes instead of ${content.length}; ${old.key} was not changed.`);
    }
    return key;
  }

  private async *versions(prefix: string) {
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await this.client.send(
        new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: prefix, ...marker }),
      );
      for (const version of page.Versions ?? []) if (version.Key !== undefined) yield { ...version, Key: version.Key };
      if (page.IsTruncated !== true) return;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }
}
