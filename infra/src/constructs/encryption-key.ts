import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';

export interface EncryptionKeyProps {
  readonly environment: Environment;
}

/** The environment's own KMS key. Everything at rest is encrypted with it, and it rotates each year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      description: `Data of the ad analytics pipeline, ${environment.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: environment.protectData ? 30 : 7,
      lifecycle: { preventDestroy: environment.protectData },
    });
    new KmsAlias(this, 'alias', { name: `alias/${resourceName(environment, 'data')}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
