import { EXPIRY_ATTRIBUTE, tableDefinition } from '@ad-analytics/serving-table';
import { sampleEnvironment } from '../../test/sample-environment';
import { only } from '../../test/sample-pipeline';
import { synthesisedScope } from '../../test/synthesised';
import { EncryptionKey } from './encryption-key';
import { ServingTable } from './serving-table';

const synth = (protectData = false) =>
  only(
    synthesisedScope((scope) => {
      const environment = sampleEnvironment({ protectData });
      new ServingTable(scope, 'table', { environment, key: new EncryptionKey(scope, 'key', { environment }) });
    }),
    'aws_dynamodb_table',
  );

interface TableArguments {
  readonly attribute: readonly { name: string; type: string }[];
  readonly global_secondary_index: readonly {
    name: string;
    hash_key: string;
    range_key: string;
    projection_type: string;
    non_key_attributes: readonly string[];
  }[];
}

describe('ServingTable', () => {
  const definition = tableDefinition();
  const table = synth() as unknown as TableArguments;

  it('has the keys of the definition', () => {
    expect(table).toMatchObject({
      name: 'ad-analytics-dev-results',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'record_id',
    });
    expect(table).not.toHaveProperty('range_key');
    expect(table.attribute.map(({ name, type }) => [name, type])).toEqual(
      definition.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
    );
  });

  it('has the indexes of the definition, with the same projected attributes', () => {
    const wanted = definition.GlobalSecondaryIndexes?.map((index) => ({
      name: index.IndexName,
      hash_key: index.KeySchema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName,
      range_key: index.KeySchema?.find(({ KeyType }) => KeyType === 'RANGE')?.AttributeName,
      projection_type: index.Projection?.ProjectionType,
      non_key_attributes: index.Projection?.NonKeyAttributes,
    }));
    expect(table.global_secondary_index).toEqual(wanted);
  });

  it('expires items, has point-in-time recovery, and is encrypted', () => {
    expect(table).toMatchObject({
      ttl: { attribute_name: EXPIRY_ATTRIBUTE, enabled: true },
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true, kms_key_arn: expect.stringContaining('aws_kms_key') },
    });
  });

  it('cannot be deleted if data is protected', () => {
    expect(synth(true)).toMatchObject({ deletion_protection_enabled: true });
    expect(synth(false)).toMatchObject({ deletion_protection_enabled: false });
  });

  it('ignores the warm throughput of the indexes, and checks their definitions', () => {
    const { lifecycle } = synth() as unknown as {
      lifecycle: { ignore_changes: string[]; postcondition: { condition: string; error_message: string }[] };
    };
    expect(lifecycle.ignore_changes).toEqual(['global_secondary_index']);
    const [condition, ...others] = lifecycle.postcondition;
    expect(others).toEqual([]);
    for (const index of table.global_secondary_index) {
      expect(condition?.condition).toContain(
        [index.name, index.hash_key, index.range_key, index.projection_type].join('|'),
      );
    }
    expect(condition?.error_message).toContain('aws dynamodb update-table');
  });
});
