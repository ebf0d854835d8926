import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { EncryptionKey } from '../constructs/encryption-key';
import { EventStreams } from '../constructs/event-streams';
import type { Environment } from '../environments/environment';
import { commonTags } from '../naming';

export interface PipelineStackProps {
  readonly environment: Environment;
  readonly settings: PipelineSettings;
}

/** One environment's whole pipeline. Only composes: what a service needs is in its construct. */
export class PipelineStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, settings }: PipelineStackProps) {
    super(scope, id);
    new AwsProvider(this, 'aws', {
      region: environment.region,
      ...(environment.accountId === undefined ? {} : { allowedAccountIds: [environment.accountId] }),
      defaultTags: [{ tags: commonTags(environment) }],
    });
    const key = new EncryptionKey(this, 'encryption-key', { environment });
    new EventStreams(this, 'event-streams', { environment, settings, key });
  }
}
