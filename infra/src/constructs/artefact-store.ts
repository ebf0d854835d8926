import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';
import { SecureBucket } from './secure-bucket';

/** How long earlier releases can be deployed again: at least as long as their snapshots are useful. */
const KEEP_OLD_VERSIONS_DAYS = 90;

export interface ArtefactStoreProps {
  readonly environment: Environment;
  readonly key: EncryptionKey;
}

/** One deployed artefact. */
export interface StoredArtefact {
  readonly key: string;
  readonly versionId: string;
  /** SHA-256 of its content in base64, by which Lambda compares code. */
  readonly sha256: string;
}

/**
 * The bucket from which code is deployed. Each artefact has one key: changed content becomes a new version of the object, and earlier
 * versions stay, so that an application can be rolled back to its former code.
 */
export class ArtefactStore extends Construct {
  readonly bucket: S3Bucket;
  private readonly store: SecureBucket;
  private readonly encryptionKeyArn: string;

  constructor(scope: Construct, id: string, { environment, key }: ArtefactStoreProps) {
    super(scope, id);
    this.store = new SecureBucket(this, 'store', {
      environment,
      part: 'artefacts',
      keyArn: key.arn,
      retention: { keepOldVersionsDays: KEEP_OLD_VERSIONS_DAYS },
    });
    this.bucket = this.store.bucket;
    this.encryptionKeyArn = key.arn;
    publish(this, 'artefacts_bucket', this.bucket.bucket, 'Bucket of the deployed code');
  }

  /**
   * @param name of the artefact, the folder of its key
   * @param file path of its content
   * @returns its location in the bucket
   */
  put(name: string, file: string): StoredArtefact {
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('base64');
    const asset = new TerraformAsset(this, `${name}-file`, { path: path.resolve(file), type: AssetType.FILE });
    const object = new S3Object(this, name, {
      bucket: this.bucket.id,
      key: `${name}/${name}${path.extname(file)}`,
      source: asset.path,
      // Changed content is uploaded as a new version of the same key.
      sourceHash: sha256,
      serverSideEncryption: 'aws:kms',
      kmsKeyId: this.encryptionKeyArn,
      dependsOn: [this.store.versioning],
    });
    return { key: object.key, versionId: object.versionId, sha256 };
  }
}
