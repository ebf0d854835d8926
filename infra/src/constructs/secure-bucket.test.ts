import { sampleEnvironment } from '../../test/sample-environment';
import { only } from '../../test/sample-pipeline';
import { statementsOf } from '../../test/iam-statements';
import { synthesisedScope } from '../../test/synthesised';
import { SecureBucket, type SecureBucketProps } from './secure-bucket';

const synth = (props: Partial<SecureBucketProps> = {}, protectData = false) =>
  synthesisedScope((scope) => {
    const environment = sampleEnvironment({ protectData });
    new SecureBucket(scope, 'bucket', {
      environment,
      part: 'things',
      retention: { keepOldVersionsDays: 30 },
      ...props,
    });
  });

describe('SecureBucket', () => {
  it('keeps versions', () => {
    expect(only(synth(), 'aws_s3_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it('encrypts with the given key', () => {
    const rule = (keyArn?: string) =>
      only(synth(keyArn === undefined ? {} : { keyArn }), 'aws_s3_bucket_server_side_encryption_configuration')['rule'];
    expect(rule('arn:key')).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: 'arn:key' },
        bucket_key_enabled: true,
      },
    ]);
    expect(rule()).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' }, bucket_key_enabled: true },
    ]);
  });

  it('accepts only TLS', () => {
    expect(statementsOf(synth())).toEqual([
      expect.objectContaining({
        effect: 'Deny',
        principal: '*',
        actions: ['s3:*'],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  it('is never public', () => {
    expect(only(synth(), 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(only(synth(), 'aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
  });

  it('deletes old versions, and objects only if configured', () => {
    const rule = (retention: SecureBucketProps['retention']) =>
      only(synth({ retention }), 'aws_s3_bucket_lifecycle_configuration')['rule'];
    expect(rule({ keepOldVersionsDays: 30 })).toEqual([expect.not.objectContaining({ expiration: expect.anything() })]);
    const transitions = [{ days: 90, storageClass: 'GLACIER_IR' }];
    expect(rule({ keepOldVersionsDays: 30, expireAfterDays: 400, transitions })).toEqual([
      expect.objectContaining({
        expiration: [{ days: 400 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        transition: [{ days: 90, storage_class: 'GLACIER_IR' }],
      }),
    ]);
  });

  it('cannot be destroyed if data or the bucket is protected', () => {
    const bucket = (...args: Parameters<typeof synth>) => only(synth(...args), 'aws_s3_bucket');
    expect(bucket()).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
    expect(bucket({}, true)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(bucket({ protect: true })).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  });

  it('has the account in its name, or the given name', () => {
    expect(only(synth(), 'aws_s3_bucket')['bucket']).toMatch(/^ad-analytics-dev-things-\$\{data\.aws_caller_identity/);
    expect(only(synth({ name: 'own-name' }), 'aws_s3_bucket')['bucket']).toBe('own-name');
  });
});
