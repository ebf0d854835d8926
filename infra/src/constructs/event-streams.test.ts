import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { statementsOf } from '../../test/iam-statements';
import { synthesisedScope } from '../../test/synthesised';
import type { Environment } from '../environments/environment';
import { EncryptionKey } from './encryption-key';
import { EventStreams } from './event-streams';

const synth = (parts: Partial<Environment> = {}) =>
  synthesisedScope((scope) => {
    const environment = sampleEnvironment(parts);
    const key = new EncryptionKey(scope, 'key', { environment });
    new EventStreams(scope, 'streams', { environment, settings: sampleSettings(), key });
  });

describe('EventStreams', () => {
  it('creates the three streams of the settings file', () => {
    const names = synth()
      .all('aws_kinesis_stream')
      .map((stream) => stream['name']);
    expect(names.sort()).toEqual(['AdImpressionsStreamInput', 'AdResultantOutput', 'ClicksStreamInput']);
  });

  it("encrypts each with the environment's key", () => {
    for (const stream of synth().all('aws_kinesis_stream')) {
      expect(stream).toMatchObject({ encryption_type: 'KMS', kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\./) });
    }
  });

  it('is on demand, without shards', () => {
    for (const stream of synth().all('aws_kinesis_stream')) {
      expect(stream).toMatchObject({ stream_mode_details: { stream_mode: 'ON_DEMAND' }, retention_period: 24 });
      expect(stream).not.toHaveProperty('shard_count');
    }
  });

  it('has the provisioned shards of each stream', () => {
    const shards = { impressions: 4, clicks: 2, results: 3 };
    const streams = synth({ streams: { mode: 'PROVISIONED', retentionHours: 48, shards } }).all('aws_kinesis_stream');
    const byName = Object.fromEntries(streams.map((stream) => [stream['name'], stream['shard_count']]));
    expect(byName).toEqual({ AdImpressionsStreamInput: 4, ClicksStreamInput: 2, AdResultantOutput: 3 });
  });

  it('publishes the ARNs', () => {
    expect(Object.keys(synth().output).sort()).toEqual([
      'clicks_stream_arn',
      'impressions_stream_arn',
      'results_stream_arn',
    ]);
  });

  describe('with producers of another account', () => {
    const producers = ['arn:aws:iam::210987654321:role/ad-server', 'arn:aws:iam::210987654321:user/tester'];
    const ofProducers = (parts: Partial<Environment>) =>
      statementsOf(synth(parts)).filter(({ sid }) => sid === 'Producers');

    it('allows them to put records into the two input streams, but not to read', () => {
      const streams = ofProducers({ producers }).filter(({ place }) =>
        place.startsWith('aws_kinesis_resource_policy.'),
      );
      expect(streams.map(({ resources }) => resources)).toEqual([
        [expect.stringMatching(/^\$\{aws_kinesis_stream\..*clicks.*\.arn\}$/)],
        [expect.stringMatching(/^\$\{aws_kinesis_stream\..*impressions.*\.arn\}$/)],
      ]);
      for (const { principal, actions } of streams) {
        expect(principal).toEqual({ AWS: producers });
        expect(actions).toEqual([
          'kinesis:DescribeStreamSummary',
          'kinesis:ListShards',
          'kinesis:PutRecord',
          'kinesis:PutRecords',
        ]);
      }
    });

    it('allows them to encrypt with the key through Kinesis, but not to decrypt', () => {
      const [key, ...others] = ofProducers({ producers }).filter(({ place }) => place.startsWith('aws_kms_key.'));
      expect(others).toEqual([]);
      expect(key).toMatchObject({
        principal: { AWS: producers },
        actions: ['kms:GenerateDataKey'],
        condition: { StringEquals: { 'kms:ViaService': 'kinesis.us-east-1.amazonaws.com' } },
      });
    });

    it('has no stream policy without them', () => {
      expect(ofProducers({})).toEqual([]);
      expect(synth().all('aws_kinesis_resource_policy')).toEqual([]);
    });
  });
});
