import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import which from 'which';
import { findProviderMirror, TerraformError } from '@ad-analytics/terraform-cli';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { startEmulator } from '@ad-analytics/local-stack/emulator';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import { Parts } from '@ad-analytics/local-stack/parts';
import { createRunFolder } from '@ad-analytics/local-stack/run-folder';
import { CdktfCli, type CdktfOptions, installCdktfCli } from './cdktf-cli';
import { checkDeployed } from './check-deployed';
import { checkProvider } from './check-provider';
import { checkUpdate } from './check-update';
import { describeDeployed } from './deployed-application';
import type { Runner } from './deployed-run';
import { EMULATOR_GAPS } from './emulator-gaps';
import { localClients } from './local-clients';
import { infraCommand, LocalDeployment, synthesise } from './local-deployment';
import { LOCAL_PROVIDER_VERSION } from './local-override';
import { checkPreflight } from './local-preflight';
import { unexplained } from './plan-changes';
import { timed } from './timed';

const ENVIRONMENT = 'dev';
/** Names of two examples: one has every option except a separate network, the other has that network. */
const EXAMPLE_NAMES = ['eu-prod', 'private'];
const EXAMPLES = path.join(ROOT, 'infra', 'environments', 'examples');
const REGION = 'us-east-1';
/** Folder of the logs in the folder of a run. */
const LOGS = 'logs';

/**
 * Prepares Terraform with a provider from a mirror on this machine or from the registry.
 * @returns false if neither is available, which is reported as skipped
 */
async function initialised(
  deployment: LocalDeployment,
  pluginDir: string | undefined,
  checks: CheckList,
): Promise<boolean> {
  if (pluginDir !== undefined) {
    await deployment.init();
    return true;
  }
  try {
    await deployment.init();
    return true;
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const setting = 'set TERRAFORM_PROVIDER_MIRROR to one, made by `terraform providers mirror`';
    const what = `hashicorp/aws ${LOCAL_PROVIDER_VERSION} is not available from a mirror or from the registry; ${setting}`;
    checks.skip('the deployment can be tried', what);
    return false;
  }
}

/** @returns the CLI; undefined if it is not available, which is reported as skipped. Terraform is then used instead */
async function cdktfCli(options: CdktfOptions, checks: CheckList): Promise<CdktfCli | undefined> {
  const missing = await installCdktfCli();
  if (missing === undefined) return new CdktfCli(options);
  checks.skip('the cdktf CLI can be tried', missing);
  return undefined;
}

/**
 * Deploys the examples, which have options that `dev` lacks: a network, a warehouse, scheduled snapshots, remote state and the roles of
 * GitHub Actions.
 */
async function checkExamples(
  runFolder: string,
  open: (stack: string) => LocalDeployment,
  checks: CheckList,
  interrupted: AbortSignal,
): Promise<void> {
  for (const example of EXAMPLE_NAMES) {
    const stacks = await synthesise(example, path.join(runFolder, 'example', example), interrupted, {
      environments: EXAMPLES,
    });
    for (const name of readdirSync(stacks).sort()) {
      const stack = open(path.join(stacks, name));
      await stack.init();
      await stack.validate();
      checks.holds(`terraform accepts ${name}`, true, '');
    }
  }
}

async function checkDeployment(
  deployment: LocalDeployment,
  out: string,
  runner: Runner,
  secondVersion: boolean,
  checks: CheckList,
): Promise<void> {
  const { endpoint, region, interrupted } = runner;
  await timed('terraform validate', () => deployment.validate());
  checks.holds(`terraform accepts ${ENVIRONMENT}`, true, '');
  await timed(`${deployment.tool}: deploy`, () => deployment.apply());
  checks.holds(`${deployment.tool} deploys ${ENVIRONMENT}`, true, '');
  const resources = await deployment.resources();
  console.log(`      ${resources.length} resources and data sources applied`);
  const outputs = await deployment.outputs();
  const operate = (command: string, ...flags: readonly string[]) =>
    promisify(execFile)(process.execPath, infraCommand(command, '--env', ENVIRONMENT, ...flags), {
      env: localAwsEnvironment(region, { AWS_ENDPOINT_URL: endpoint }),
      signal: interrupted,
    });
  const described = () => describeDeployed(runner.clients.applications, outputs['flink_application'] ?? '');
  await operate('start');
  const { status, systemRollback } = await described();
  checks.equal('the start command leaves the application', status, 'RUNNING');
  checks.holds('the start command switches system rollback on', systemRollback, 'it is off');
  await timed(`${deployment.tool}: diff`, async () => {
    const changes = await deployment.changes();
    checks.equal(
      'a second plan changes only attributes that the emulator loses',
      unexplained(changes, EMULATOR_GAPS),
      [],
    );
    console.log(`      ${changes.length} resources differ because of gaps of the emulator`);
  });
  await checks.part('the environment can be updated and rolled back', () =>
    checkUpdate(
      {
        deployment,
        synthesise: (flags) => synthesise(ENVIRONMENT, out, interrupted, flags),
        name: ENVIRONMENT,
        secondVersion,
        operate,
      },
      runner,
      outputs,
      checks,
    ),
  );
  await checks.part('the deployed application can be run', () => checkDeployed(runner, outputs, checks));
  await operate('stop', '--force');
  checks.equal('a forced stop leaves the application', (await described()).status, 'READY');
}

/**
 * Deploys an environment to the local AWS with the cdktf CLI, or with Terraform if the CLI is missing, runs the deployed application and
 * function, and destroys the environment.
 * @param secondVersion whether to add a second version of the job, which needs another deployment
 * @param checks records every check
 * @param interrupted signal to end
 * @throws the signal's reason
 */
export async function runDeploymentCheck(
  secondVersion: boolean,
  checks: CheckList,
  interrupted: AbortSignal,
): Promise<void> {
  const terraform = which.sync('terraform', { nothrow: true });
  if (terraform === null) {
    checks.skip('the deployment can be tried', 'Terraform is missing on the PATH');
    return;
  }
  const pluginDir = findProviderMirror('hashicorp/aws', LOCAL_PROVIDER_VERSION);
  const environment = projectEnvironment();
  const runFolder = createRunFolder(environment.runRoot, 'e2e-infra');
  console.error(`. Logs of this run: ${runFolder}`);
  const parts = new Parts();
  const logs = path.join(runFolder, LOGS);
  try {
    const { endpoint } = await startEmulator(
      {
        python: environment.python,
        folder: runFolder,
        logFile: path.join(logs, 'ministack.log'),
        region: REGION,
        application: 'described_operations',
      },
      parts,
    );
    const clients = localClients(endpoint, REGION);
    try {
      const runner: Runner = { environment, endpoint, region: REGION, runFolder, clients, parts, interrupted };
      const logFile = path.join(logs, 'terraform.log');
      const common = { terraform, pluginDir, region: REGION, interrupted };
      const open = (stack: string, cli?: CdktfCli): LocalDeployment =>
        new LocalDeployment({ ...common, stack, endpoint, cli, logFile });
      const out = path.join(runFolder, 'synthesised');
      const cdktfOptions = { ...common, out, home: runFolder, logFile: path.join(logs, 'cdktf.log') };
      const cli = await cdktfCli(cdktfOptions, checks);
      const stacks = cli === undefined ? await synthesise(ENVIRONMENT, out, interrupted) : await cli.synth();
      const deployment = open(path.join(stacks, ENVIRONMENT), cli);
      if (!(await initialised(deployment, pluginDir, checks))) return;
      await checks.part('the preflight can be run', () =>
        checkPreflight(ENVIRONMENT, { endpoint, region: REGION, interrupted }, checks),
      );
      await checks.part('the deployed provider is available', () =>
        checkProvider(path.join(stacks, ENVIRONMENT), REGION, checks, interrupted),
      );
      await checks.part('the examples can be validated', () => checkExamples(runFolder, open, checks, interrupted));
      await checks.part('the environment can be deployed', () =>
        checkDeployment(deployment, out, runner, secondVersion, checks),
      );
      interrupted.throwIfAborted();
      await timed(`${deployment.tool}: destroy`, () => deployment.destroy());
      checks.equal(`${deployment.tool} destroy removes all resources`, await deployment.resources(), []);
    } finally {
      clients.close();
    }
  } finally {
    await parts.stop();
    // Removes several copies of the artefacts, which can be created again; the logs stay.
    for (const name of readdirSync(runFolder).filter((entry) => entry !== LOGS)) {
      rmSync(path.join(runFolder, name), { recursive: true, force: true });
    }
  }
}
