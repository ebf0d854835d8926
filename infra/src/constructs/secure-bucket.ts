import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { Account } from '../iam/account';
import { denyWithoutTls, policyDocument } from '../iam/policy';
import { resourceName } from '../naming';
import { skipCheck } from '../scan/skip-check';

/** Lifecycle of objects. Parts of incomplete uploads are always deleted. */
export interface Retention {
  /** Days from when an object is created to when it is deleted; absent: it stays. */
  readonly expireAfterDays?: number;
  /** Days until a replaced or deleted version is removed. */
  readonly keepOldVersionsDays: number;
  /** Days after which an object moves to a cheaper storage class. */
  readonly transitions?: readonly { readonly days: number; readonly storageClass: string }[];
}

export interface SecureBucketProps {
  readonly environment: Environment;
  /** Part of its name: `artefacts`, `archive`. The account's id follows, because bucket names are globally unique. */
  readonly part: string;
  /** Its complete name, if it is configured. */
  readonly name?: string;
  /** ARN of the key that encrypts it; absent: the account's own key for S3. */
  readonly keyArn?: string;
  /** Whether it is protected from destruction; absent: as in the environment. */
  readonly protect?: boolean;
  readonly retention: Retention;
}

/** A bucket that is versioned, encrypted, reachable over TLS only and never public. */
export class SecureBucket extends Construct {
  readonly bucket: S3Bucket;
  /** Other constructs depend on it: objects that are written earlier would not have a version. */
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    const { environment, part, keyArn, retention, protect = environment.protectData } = props;
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name ?? `${resourceName(environment, part)}-${Account.of(this, environment).id}`,
      forceDestroy: !protect,
      lifecycle: { preventDestroy: protect },
    });
    skipCheck(
      this.bucket,
      'CKV_AWS_18',
      'CloudTrail data events, enabled for the account, record reads; server access logs would need another bucket.',
    );
    skipCheck(
      this.bucket,
      'CKV_AWS_144',
      'Surviving the loss of a region is not a goal: the pipeline is in one region. Versions keep overwritten and deleted objects.',
    );
    skipCheck(this.bucket, 'CKV2_AWS_62', 'No program reacts to its objects.');
    const bucket = this.bucket.id;
    this.versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            ...(keyArn === undefined ? {} : { kmsMasterKeyId: keyArn }),
          },
          // One data key for many objects reduces the cost of KMS.
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    const block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyDocument(denyWithoutTls('s3:*', [this.bucket.arn, `${this.bucket.arn}/*`])),
      // S3 rejects concurrent changes of a bucket's access settings.
      dependsOn: [block],
    });
    this.addLifecycle(bucket, retention);
  }

  private addLifecycle(bucket: string, { expireAfterDays, keepOldVersionsDays, transitions = [] }: Retention): void {
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'retention',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: keepOldVersionsDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          ...(expireAfterDays === undefined ? {} : { expiration: [{ days: expireAfterDays }] }),
          ...(transitions.length === 0 ? {} : { transition: [...transitions] }),
        },
      ],
      dependsOn: [this.versioning],
    });
  }
}
