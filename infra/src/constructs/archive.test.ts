import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { archiveQueries, glueColumns, PARTITION_JQ } from '@ad-analytics/archive-table';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { synthesisedScope, type Arguments } from '../../test/synthesised';
import type { Environment } from '../environments/environment';
import { Archive } from './archive';
import { archiveAlarms } from './archive-alarms';
import { EncryptionKey } from './encryption-key';
import { EventStreams } from './event-streams';

const synth = (parts: Partial<Environment> = {}) =>
  synthesisedScope((scope) => {
    const environment = sampleEnvironment(parts);
    const key = new EncryptionKey(scope, 'key', { environment });
    const streams = new EventStreams(scope, 'streams', { environment, settings: sampleSettings(), key });
    new Archive(scope, 'archive', { environment, streams, key });
  });

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const stack = synth();
const only = (type: string): Arguments => {
  const [resource, ...others] = stack.all(type);
  expect(others).toEqual([]);
  return resource ?? {};
};
const tables = (type: string) => stack.all('aws_glue_catalog_table').filter((table) => table['table_type'] === type);
const rolePolicy = (): Statement[] =>
  (JSON.parse(String(only('aws_iam_role_policy')['policy'])) as { Statement: Statement[] }).Statement;

describe('the catalogue', () => {
  it('has the table with the columns that libs/archive-table defines', () => {
    const [table] = tables('EXTERNAL_TABLE');
    expect(table).toMatchObject({
      name: 'results',
      partition_keys: [
        { name: 'record_type', type: 'string' },
        { name: 'event_date', type: 'string' },
      ],
      parameters: expect.objectContaining({
        'projection.enabled': 'true',
        'projection.event_date.range': '2026-01-01,NOW+1DAYS',
      }),
      storage_descriptor: { columns: glueColumns(), location: expect.stringMatching(/^s3:\/\/.*\/results\/$/) },
    });
  });

  it('has a view of every record type, in a database that needs no quotes', () => {
    expect(
      tables('VIRTUAL_VIEW')
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...RECORD_TYPES].sort());
    expect(only('aws_glue_catalog_database')['name']).toBe('ad_analytics_dev_archive');
  });

  it('gives every view a SerDe, without which Athena does not read it', () => {
    const views = tables('VIRTUAL_VIEW');
    expect(views).toHaveLength(RECORD_TYPES.length);
    for (const view of views) {
      expect(view['storage_descriptor']).toMatchObject({ ser_de_info: { name: '-', serialization_library: '-' } });
    }
  });
});

describe('the delivery', () => {
  const delivery = () => only('aws_kinesis_firehose_delivery_stream');
  const s3 = () => delivery()['extended_s3_configuration'] as Arguments;

  it('writes the results into a folder for each record type and date', () => {
    expect(JSON.stringify(delivery()['kinesis_source_configuration'])).toContain('streams_results');
    expect(s3()).toMatchObject({
      prefix:
        'results/record_type=!{partitionKeyFromQuery:record_type}/event_date=!{partitionKeyFromQuery:event_date}/!{timestamp:yyyyMMddHH}-',
      error_output_prefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/',
      dynamic_partitioning_configuration: { enabled: true },
      processing_configuration: {
        enabled: true,
        processors: [
          {
            type: 'MetadataExtraction',
            parameters: expect.arrayContaining([
              { parameter_name: 'MetadataExtractionQuery', parameter_value: PARTITION_JQ },
            ]),
          },
        ],
      },
    });
  });

  it('converts to Parquet by the table of the catalogue, with a buffer that Firehose accepts for it', () => {
    expect(s3()).toMatchObject({
      buffering_size: 64,
      compression_format: 'UNCOMPRESSED',
      data_format_conversion_configuration: {
        enabled: true,
        input_format_configuration: { deserializer: { open_x_json_ser_de: {} } },
        output_format_configuration: { serializer: { parquet_ser_de: { compression: 'SNAPPY' } } },
        schema_configuration: { database_name: 'ad_analytics_dev_archive', version_id: 'LATEST' },
      },
    });
  });

  it('has a separate role with permissions for named resources only', () => {
    expect(JSON.parse(String(only('aws_iam_role')['assume_role_policy']))).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'firehose.amazonaws.com' },
          Condition: { StringEquals: { 'sts:ExternalId': expect.stringMatching(/account_id/) } },
        },
      ],
    });
    for (const { Action, Resource } of rolePolicy()) {
      expect(Resource).not.toContain('*');
      for (const action of Action) expect(action).not.toMatch(/\*/);
    }
    const writes = rolePolicy().find(({ Action }) => Action.includes('s3:PutObject'));
    expect(writes?.Resource.map((arn) => arn.replace(/^\$\{.*\}/, ''))).toEqual(['/results/*', '/errors/*']);
    const streams = rolePolicy().find(({ Action }) => Action.includes('kinesis:GetRecords'));
    expect(streams?.Resource).toEqual([expect.stringMatching(/streams_results/)]);
  });

  it('encrypts its files and its logs', () => {
    expect(s3()['kms_key_arn']).toMatch(/aws_kms_key/);
    expect(only('aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/kinesisfirehose/ad-analytics-dev-archive',
      kms_key_id: expect.stringMatching(/aws_kms_key/),
    });
  });
});

describe('the queries', () => {
  it('are saved in the workgroup unchanged', () => {
    expect(stack.all('aws_athena_named_query')).toEqual(
      archiveQueries().map(({ name, title, sql }) =>
        expect.objectContaining({
          name,
          query: sql,
          database: 'ad_analytics_dev_archive',
          description: expect.stringContaining(title),
        }),
      ),
    );
  });

  it('run within the limits of the workgroup, encrypted', () => {
    expect(only('aws_athena_workgroup')).toMatchObject({
      name: 'ad-analytics-dev-archive',
      configuration: {
        enforce_workgroup_configuration: true,
        bytes_scanned_cutoff_per_query: 10 * 1024 ** 3,
        result_configuration: {
          encryption_configuration: { encryption_option: 'SSE_KMS', kms_key_arn: expect.stringMatching(/aws_kms_key/) },
        },
      },
    });
  });
});

describe('the files', () => {
  const rules = (parts: Partial<Environment['archive']>) =>
    synth({ archive: { ...sampleEnvironment().archive, ...parts } })
      .all('aws_s3_bucket_lifecycle_configuration')
      .flatMap(({ rule }) => rule as Arguments[]);

  it('move and expire as the environment says', () => {
    expect(rules({ infrequentAccessAfterDays: 90, expireAfterDays: 400 })).toContainEqual(
      expect.objectContaining({
        expiration: [{ days: 400 }],
        transition: [{ days: 90, storage_class: 'STANDARD_IA' }],
      }),
    );
  });
});

describe('archiveAlarms', () => {
  it('have an alarm when Firehose is behind, cannot write, or sets results aside', () => {
    const specs = archiveAlarms(sampleEnvironment(), 'delivery');
    expect(specs.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['archive-behind', 300_000],
      ['archive-freshness', 360],
      ['archive-unconverted', 0],
      ['archive-partitions', 0],
    ]);
    for (const { metrics } of specs) {
      for (const { dimensions } of Object.values(metrics))
        expect(dimensions).toEqual({ DeliveryStreamName: 'delivery' });
    }
  });
});
