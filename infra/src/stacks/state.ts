import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment';
import { PROJECT } from '../naming';

/** Path from the folder of a synthesised stack to infra/state, whose files git ignores. */
const LOCAL_FOLDER = '../../../state';

/** Names of the states of an environment's stacks. */
export const PIPELINE = 'pipeline';
export const BOOTSTRAP = 'bootstrap';

/** @returns key of the state of one of the environment's stacks */
export function stateKey({ name }: Environment, part: string): string {
  return `${PROJECT}/${name}/${part}.tfstate`;
}

/**
 * Configures the stack's state: in the environment's bucket, with locking, or in a local file without a bucket.
 * @param stack whose state it is
 * @param environment with the bucket
 * @param part of the state's key, one for each stack of an environment
 */
export function useState(stack: TerraformStack, environment: Environment, part: string): void {
  const key = stateKey(environment, part);
  if (environment.state === undefined) {
    new LocalBackend(stack, { path: `${LOCAL_FOLDER}/${key}` });
    return;
  }
  new S3Backend(stack, { bucket: environment.state.bucket, key, region: environment.region, encrypt: true });
  // S3's conditional writes lock it, without a DynamoDB table. cdktf does not support the setting directly.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
