import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../environments/environment';
import { OUT_FOLDER } from '../project-files';
import { bootstrapStackName, synthesise } from '../synthesise';
import { UsageError } from './errors';
import { terraformOf } from './stack-folder';

/** Overrides the backend while the bucket of the state does not exist. */
const LOCAL_BACKEND = { terraform: { backend: { local: {} } } };

/**
 * Makes the bucket of an environment's state and the roles of GitHub Actions, and then keeps their own state in that bucket, too. Can be
 * run again, to change them.
 * @param environment with `state`
 * @param approved whether to ask no more
 * @throws {UsageError} when the environment has no remote state
 */
export async function bootstrap(environment: Environment, approved: boolean): Promise<void> {
  if (environment.state === undefined) {
    throw new UsageError(
      `The environment ${environment.name} has no \`state\`: name a bucket for it in its file first.`,
    );
  }
  synthesise([environment]);
  const stack = bootstrapStackName(environment.name);
  const override = path.join(OUT_FOLDER, 'stacks', stack, 'backend_override.tf.json');
  const terraform = terraformOf(stack);
  rmSync(override, { force: true });
  const approve = approved ? ['-auto-approve'] : [];
  if (await bucketExists(() => terraform.init('-reconfigure'))) {
    await terraform.run('apply', ...approve);
    return;
  }
  console.error(
    `There is no bucket ${environment.state.bucket} yet: it is made with a local state, which then moves into it.`,
  );
  writeFileSync(override, JSON.stringify(LOCAL_BACKEND));
  try {
    await terraform.init('-reconfigure');
    await terraform.run('apply', ...approve);
  } finally {
    rmSync(override, { force: true });
  }
  await terraform.init('-migrate-state', '-force-copy');
}

/** @returns whether Terraform found its state's bucket */
async function bucketExists(init: () => Promise<void>): Promise<boolean> {
  try {
    await init();
    return true;
  } catch {
    return false;
  }
}
