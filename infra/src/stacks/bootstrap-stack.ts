import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { possibleStreams } from '../applications';
import { GithubRoles } from '../constructs/github-roles';
import { SecureBucket } from '../constructs/secure-bucket';
import type { Environment } from '../environments/environment';
import { publish } from '../output';
import { BOOTSTRAP, useState } from './state';
import { useAws } from './use-aws';

/** For this many days, an overwritten state can be restored. */
const KEEP_OLD_STATES_DAYS = 365;

export interface BootstrapStackProps {
  readonly environment: Environment;
  readonly state: NonNullable<Environment['state']>;
  readonly settings: PipelineSettings;
}

/** The requirements of a deployment: a bucket for the state, and roles for GitHub Actions. */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, state, settings }: BootstrapStackProps) {
    super(scope, id);
    useAws(this, environment);
    useState(this, environment, BOOTSTRAP);
    const { bucket } = new SecureBucket(this, 'state', {
      environment,
      part: 'state',
      name: state.bucket,
      protect: true,
      retention: { keepOldVersionsDays: KEEP_OLD_STATES_DAYS },
    });
    publish(this, 'state_bucket', bucket.bucket, 'Bucket of the Terraform state');
    if (environment.github !== undefined) {
      new GithubRoles(this, 'github', {
        environment,
        settings: environment.github,
        stateBucketArn: bucket.arn,
        streams: possibleStreams(settings),
      });
    }
  }
}
