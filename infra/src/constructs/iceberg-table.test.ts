import { icebergColumns, icebergRoutingJq } from '@ad-analytics/archive-table';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { synthesisedScope, type Arguments } from '../../test/synthesised';
import type { Environment } from '../environments/environment';
import { Archive } from './archive';
import { EncryptionKey } from './encryption-key';
import { EventStreams } from './event-streams';

const { archive } = sampleEnvironment();
const synth = (parts: Partial<Environment>) =>
  synthesisedScope((scope) => {
    const environment = sampleEnvironment(parts);
    const key = new EncryptionKey(scope, 'key', { environment });
    const streams = new EventStreams(scope, 'streams', { environment, settings: sampleSettings(), key });
    new Archive(scope, 'archive', { environment, streams, key });
  });
const stack = synth({ archive: { ...archive, expireAfterDays: 400, iceberg: { keepSnapshotsDays: 5 } } });
const named = (type: string, name: string): Arguments => {
  const found = stack.all(type).filter((resource) => resource['name'] === name);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};
const delivery = named('aws_kinesis_firehose_delivery_stream', 'ad-analytics-dev-iceberg');
const iceberg = delivery['iceberg_configuration'] as Arguments;

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
const policyOf = (name: string) =>
  (JSON.parse(String(named('aws_iam_role_policy', name)['policy'])) as { Statement: Statement[] }).Statement;

describe('the Iceberg table', () => {
  it('is missing by default', () => {
    const plain = synth({});
    expect(plain.all('aws_kinesis_firehose_delivery_stream')).toHaveLength(1);
    expect(plain.all('aws_glue_catalog_table_optimizer')).toEqual([]);
  });

  it('has a separate bucket, in which files do not expire by age', () => {
    expect(stack.all('aws_kinesis_firehose_delivery_stream')).toHaveLength(2);
    const rules = stack
      .all('aws_s3_bucket_lifecycle_configuration')
      .filter(({ bucket }) => String(bucket).includes('iceberg_store'))
      .flatMap((configuration) => configuration['rule'] as Arguments[]);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(rule['expiration']).toBeUndefined();
      expect(rule['transition']).toBeUndefined();
    }
  });

  it('has the format version that Firehose writes and the columns of the contract, and ignores later changes by Firehose', () => {
    expect(named('aws_glue_catalog_table', 'results_once')).toMatchObject({
      table_type: 'EXTERNAL_TABLE',
      open_table_format_input: { iceberg_input: { metadata_operation: 'CREATE', version: '2' } },
      storage_descriptor: {
        columns: icebergColumns(),
        location: expect.stringMatching(/^s3:\/\/.*iceberg.*\/results\/$/),
      },
      lifecycle: {
        ignore_changes: ['open_table_format_input', 'parameters', 'storage_descriptor', 'table_type'],
      },
    });
  });

  it('receives each result as an update by its record_id, and sets rejected records aside', () => {
    expect(delivery['destination']).toBe('iceberg');
    expect(iceberg).toMatchObject({
      catalog_arn: expect.stringMatching(/:glue:us-east-1:.*:catalog$/),
      destination_table_configuration: [
        { database_name: 'ad_analytics_dev_archive', table_name: 'results_once', unique_keys: ['record_id'] },
      ],
      s3_backup_mode: 'FailedDataOnly',
      s3_configuration: { error_output_prefix: expect.stringMatching(/^errors\//), kms_key_arn: expect.anything() },
    });
    // With this setting, Firehose would only insert.
    expect(iceberg['append_only']).toBeUndefined();
    const { processors } = iceberg['processing_configuration'] as { processors: [{ parameters: Arguments[] }] };
    expect(processors[0].parameters).toContainEqual({
      parameter_name: 'MetadataExtractionQuery',
      parameter_value: icebergRoutingJq('ad_analytics_dev_archive'),
    });
  });

  it('is created before its delivery, which checks its unique key', () => {
    expect(delivery['depends_on']).toEqual(expect.arrayContaining([expect.stringMatching(/iceberg_table/)]));
  });

  it('is compacted, and keeps its snapshots for the configured number of days', () => {
    const optimizers = stack.all('aws_glue_catalog_table_optimizer');
    expect(optimizers.map(({ type }) => type).sort()).toEqual(['compaction', 'retention']);
    expect(JSON.stringify(optimizers)).toContain('"snapshot_retention_period_in_days":5');
  });

  it.each(['ad-analytics-dev-iceberg', 'ad-analytics-dev-compaction'])(
    'allows the role %s access to this table and this bucket only',
    (role) => {
      const statements = policyOf(role);
      for (const { Action, Resource } of statements) {
        expect(Resource).not.toContain('*');
        for (const action of Action) expect(action).not.toMatch(/\*/);
      }
      const tables = statements.find(({ Action }) => Action.includes('glue:UpdateTable'))?.Resource ?? [];
      expect(tables.filter((arn) => arn.includes(':table/'))).toEqual([
        expect.stringMatching(/:table\/ad_analytics_dev_archive\/results_once$/),
      ]);
      const files = statements.find(({ Action }) => Action.includes('s3:DeleteObject'))?.Resource;
      expect(files).toEqual([expect.stringMatching(/iceberg_store.*\/\*$/)]);
    },
  );
});
