import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
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
  it('makes the three streams of the settings file', () => {
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

  it('has the shards of each stream where they are provisioned', () => {
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
});
