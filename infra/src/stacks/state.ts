import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Environment } from '../environments/environment';
import { PROJECT } from '../naming';

/** From the folder of a synthesised stack to infra/state, which git ignores the files of. */
const LOCAL_FOLDER = '../../../state';

/** The stacks of an environment, as their states are called. */
export const PIPELINE = 'pipeline';
export const BOOTSTRAP = 'bootstrap';

/** @returns key of the state of one of the environment's stacks */
export function stateKey({ name }: Environment, part: string): string {
  return `${PROJECT}/${name}/${part}.tfstate`;
}

/**
 * Keeps the stack's state in the environment's bucket, locked, or in a local file where none exists.
 * @param stack whose state it is
 * @param environment with the bucket
 * @param part of the state's key: a stack of an environment has one
 */
export function useState(stack: TerraformStack, environment: Environment, part: string): void {
  const key = stateKey(environment, part);
  if (environment.state === undefined) {
    new LocalBackend(stack, { path: `${LOCAL_FOLDER}/${key}` });
    return;
  }
  new S3Backend(stack, { bucket: environment.state.bucket, key, region: environment.region, encrypt: true });
  // S3's own conditional writes lock it, without a DynamoDB table. cdktf has no name for the setting.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
