import { KinesisResourcePolicy } from '@cdktf/provider-aws/lib/kinesis-resource-policy';
import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { Construct } from 'constructs';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { greenResultsName } from '../applications';
import type { Environment } from '../environments/environment';
import { allow, by, policyDocument } from '../iam/policy';
import { publish } from '../output';
import type { EncryptionKey } from './encryption-key';

/** The streams by their content. */
export const STREAMS = ['impressions', 'clicks', 'results'] as const;

export type StreamRole = (typeof STREAMS)[number];

export interface EventStreamsProps {
  readonly environment: Environment;
  /** The settings with the names of the streams. */
  readonly settings: PipelineSettings;
  readonly key: EncryptionKey;
}

/** The three Kinesis streams of the pipeline, and a fourth one while two versions of the job run side by side. */
export class EventStreams extends Construct {
  readonly impressions: KinesisStream;
  readonly clicks: KinesisStream;
  readonly results: KinesisStream;
  /** Results of green, if it runs side by side with blue. */
  readonly greenResults: KinesisStream | undefined;
  /** Names of the streams, for their alarms. */
  readonly names: Readonly<Record<StreamRole, string>>;

  constructor(scope: Construct, id: string, props: EventStreamsProps) {
    super(scope, id);
    this.impressions = this.stream('impressions', props);
    this.clicks = this.stream('clicks', props);
    this.results = this.stream('results', props);
    const { settings } = props;
    this.greenResults =
      props.environment.sideBySide === undefined
        ? undefined
        : this.stream('results', props, { id: 'results-green', name: greenResultsName(settings) });
    this.names = {
      impressions: settings.impressions.streamName,
      clicks: settings.clicks.streamName,
      results: settings.results.streamName,
    };
    for (const role of ['impressions', 'clicks'] as const) this.letProducersWrite(role, props.environment);
    for (const role of STREAMS) publish(this, `${role}_stream_arn`, this[role].arn, `Kinesis stream of the ${role}`);
    if (this.greenResults !== undefined) {
      publish(this, 'green_results_stream_arn', this.greenResults.arn, "Kinesis stream of green's results");
    }
  }

  /** A stream policy allows other accounts; producers of this account have permissions in their own policies. */
  private letProducersWrite(role: StreamRole, { producers }: Environment): void {
    if (producers === undefined) return;
    const { arn } = this[role];
    new KinesisResourcePolicy(this, `${role}-policy`, {
      resourceArn: arn,
      policy: policyDocument(
        by(
          { AWS: producers },
          allow(
            'Producers',
            ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
            [arn],
          ),
        ),
      ),
    });
  }

  private stream(
    role: StreamRole,
    { environment, settings, key }: EventStreamsProps,
    { id, name } = { id: role as string, name: settings[role].streamName },
  ): KinesisStream {
    const { streams, protectData } = environment;
    return new KinesisStream(this, id, {
      name,
      streamModeDetails: { streamMode: streams.mode },
      ...(streams.mode === 'PROVISIONED' ? { shardCount: streams.shards[role] } : {}),
      retentionPeriod: streams.retentionHours,
      encryptionType: 'KMS',
      kmsKeyId: key.arn,
      // The deletion fails if the stream has a registered consumer (enhanced fan-out), so another team's consumer is not broken unnoticed.
      enforceConsumerDeletion: !protectData,
      lifecycle: { preventDestroy: protectData },
    });
  }
}
