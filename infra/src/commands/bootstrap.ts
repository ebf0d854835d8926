import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { Terraform } from '@ad-analytics/terraform-cli';
import type { Environment } from '../environments/environment';
import { OUT_FOLDER } from '../project-files';
import { bootstrapStackName, synthesise } from '../synthesise';
import { BOOTSTRAP, stateKey } from '../stacks/state';
import { UsageError } from './errors';
import { terraformOf } from './stack-folder';
import { stateExists } from './state-object';

/**
 * Name of the local state while the bucket does not exist. It differs from the default name, which Terraform would ask to migrate each
 * time.
 */
const LOCAL_BACKEND = { terraform: { backend: { local: { path: 'before-the-bucket.tfstate' } } } };

/** The tools that the bootstrap uses. */
export interface BootstrapTools {
  readonly terraform: Pick<Terraform, 'init' | 'run'>;
  /** @returns whether the state of the bootstrap is in its bucket */
  readonly stateExists: () => Promise<boolean>;
  /** Override file, which has precedence over the synthesised backend. */
  readonly overrideFile: string;
  /** Called with each step, as one line. */
  readonly say: (line: string) => void;
}

/**
 * Creates the bucket of an environment's state and the roles of GitHub Actions. Their own state is then also in that bucket. It can be run
 * again to change them, and continues after an interruption.
 * @param environment with `state`
 * @param approved whether to skip the question for approval
 * @throws {UsageError} when the environment has no remote state, or its bucket belongs to another account
 */
export async function bootstrap(environment: Environment, approved: boolean): Promise<void> {
  const { name, region, state } = environment;
  if (state === undefined) {
    throw new UsageError(`The environment ${name} has no \`state\`: name a bucket for the state in its file first.`);
  }
  synthesise([environment]);
  const stack = bootstrapStackName(name);
  const client = new S3Client({ region });
  await applyBootstrap(
    {
      terraform: terraformOf(stack),
      stateExists: () => stateExists(client, state.bucket, stateKey(environment, BOOTSTRAP)),
      overrideFile: path.join(OUT_FOLDER, 'stacks', stack, 'backend_override.tf.json'),
      say: (line) => console.error(line),
    },
    approved,
  );
}

/**
 * @param tools see BootstrapTools
 * @param approved whether to skip the question for approval
 * @throws {TerraformError} when Terraform fails; created resources are in the local or in the remote state
 */
export async function applyBootstrap(
  { terraform, stateExists, overrideFile, say }: BootstrapTools,
  approved: boolean,
): Promise<void> {
  const approve = approved ? ['-auto-approve'] : [];
  rmSync(overrideFile, { force: true });
  if (await stateExists()) {
    await terraform.init('-reconfigure');
    await terraform.run('apply', ...approve);
    return;
  }
  say(
    'The bucket does not contain the state yet: Terraform creates the bucket with a local state, then moves the state into it.',
  );
  writeFileSync(overrideFile, JSON.stringify(LOCAL_BACKEND));
  try {
    await terraform.init('-reconfigure');
    await terraform.run('apply', ...approve);
  } finally {
    rmSync(overrideFile, { force: true });
  }
  await terraform.init('-migrate-state', '-force-copy');
}
