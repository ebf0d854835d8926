import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram, findProviderMirror, TerraformError } from '@ad-analytics/terraform-cli';
import { loadPropertyGroups, type PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { CheckList } from '../e2e/check-list';
import { projectEnvironment } from '../environment';
import { startEmulator } from '../local-stack/emulator';
import { localAwsEnvironment } from '../local-stack/local-aws-environment';
import { Parts } from '../local-stack/parts';
import { createRunFolder } from '../local-stack/run-folder';
import { describeDeployed, type DeployedApplication } from './deployed-application';
import { fetchCode, onlyCode } from './deployed-code';
import { putSampleEvents, runApplication, runSinkFunction, storedResult, type Runner } from './deployed-run';
import { describeSink, disableMapping, type DeployedSink } from './deployed-sink';
import { EMULATOR_GAPS } from './emulator-gaps';
import { localClients } from './local-clients';
import { infraCommand, LocalDeployment } from './local-deployment';
import { LOCAL_PROVIDER_VERSION } from './local-override';
import { unexplained } from './plan-changes';

const ENVIRONMENT = 'dev';
const REGION = 'us-east-1';
const RUNTIME = 'FLINK-1_20';

/**
 * Readies Terraform, its provider from a mirror on this machine or from the registry.
 * @returns false where there is neither, which is said as a skip
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
    const what = `hashicorp/aws ${LOCAL_PROVIDER_VERSION} comes neither from a mirror nor from the registry; ${setting}`;
    checks.skip('the deployment can be tried', what);
    return false;
  }
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('base64');

/** @returns the groups and their settings in one order: the service keeps none */
function inOrder(groups: readonly PropertyGroup[]): [string, [string, string][]][] {
  return groups
    .map(({ PropertyGroupId, PropertyMap }): [string, [string, string][]] => [
      PropertyGroupId,
      Object.entries(PropertyMap).sort(([one], [other]) => (one < other ? -1 : 1)),
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Says how long a step took: they are the slow ones, and no check is about their time. */
async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const started = Date.now();
  console.error(`. ${what}`);
  await work();
  console.error(`. ${what}: ${((Date.now() - started) / 1_000).toFixed(0)} s`);
}

/** Reads back what was deployed, runs it, and sees an impression and a click come out as a result. */
async function checkDeployed(
  runner: Runner,
  outputs: Readonly<Record<string, string>>,
  checks: CheckList,
): Promise<void> {
  const { clients, environment, runFolder } = runner;
  const output = (name: string) => outputs[name] ?? '';
  const application = await describeDeployed(clients.applications, output('flink_application'));
  checks.equal('the application runs on', application.runtime, RUNTIME);
  checks.equal(
    'its property groups are those of flink/kinesis-config.json',
    inOrder(application.properties),
    inOrder(loadPropertyGroups(environment.configFile)),
  );
  const zip = path.join(runFolder, 'deployed-application.zip');
  const fetched = await fetchCode(clients.objects, application.code, zip);
  checks.equal('its code is the packaged application, byte for byte', fetched, sha256(environment.packageZip));
  const sink = await describeSink(clients.functions, output('sink_function'));
  const bundle = path.join(runFolder, 'deployed-sink.zip');
  const sinkCode = await onlyCode(clients.objects, output('artefacts_bucket'), 'output-sink');
  checks.equal(
    "the function's code is what lies in the bucket",
    sink.codeSha256,
    await fetchCode(clients.objects, sinkCode, bundle),
  );
  await disableMapping(clients.functions, sink.mapping.id);
  checks.holds('the mapping looks at partial failures', sink.mapping.settings.reportBatchItemFailures, 'it does not');
  await timed('Running what was deployed', () =>
    checkResults(runner, { application, zip, sink, bundle }, output('results_table'), checks),
  );
}

async function checkResults(
  runner: Runner,
  deployed: { application: DeployedApplication; zip: string; sink: DeployedSink; bundle: string },
  table: string,
  checks: CheckList,
): Promise<void> {
  const { settings } = await runApplication(runner, deployed.application, deployed.zip);
  const stop = new AbortController();
  const sink = runSinkFunction(runner, deployed.sink, deployed.bundle, stop.signal);
  // Not yet awaited: its failure must not pass for an unhandled one.
  sink.catch(() => {});
  try {
    const { clickId, campaignId } = await putSampleEvents(runner, settings);
    const result = await Promise.race([
      storedResult(runner, table, `attributed_click:${clickId}`),
      sink.then(() => Promise.reject(new Error('the function ended before the result came'))),
    ]);
    checks.equal(
      'an impression and a click come out of the deployed pipeline as an attributed click',
      result.record_type === 'attributed_click' && [
        result.attributed_click.click_id,
        result.attributed_click.campaign_id,
        result.attributed_click.time_to_click_ms,
      ],
      [clickId, campaignId, 2_000],
    );
  } finally {
    stop.abort();
    await sink.catch(() => {});
  }
}

async function checkDeployment(deployment: LocalDeployment, runner: Runner, checks: CheckList): Promise<void> {
  const { endpoint, region, interrupted } = runner;
  await timed('terraform validate', () => deployment.validate());
  checks.holds('terraform accepts the synthesised stack', true, '');
  await timed('terraform apply', () => deployment.apply());
  const resources = await deployment.resources();
  console.log(`      ${resources.length} resources and data sources applied`);
  const outputs = await deployment.outputs();
  await promisify(execFile)(process.execPath, infraCommand('start', '--env', ENVIRONMENT), {
    env: localAwsEnvironment(region, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    }),
    signal: interrupted,
  });
  const { status } = await describeDeployed(runner.clients.applications, outputs['flink_application'] ?? '');
  checks.equal('the start command leaves the application', status, 'RUNNING');
  await timed('terraform plan', async () => {
    const changes = await deployment.changes();
    checks.equal(
      'a second plan changes nothing but what the emulator forgets',
      unexplained(changes, EMULATOR_GAPS),
      [],
    );
    console.log(`      ${changes.length} resources differ by gaps of the emulator`);
  });
  await checks.part('what was deployed can be run', () => checkDeployed(runner, outputs, checks));
}

/**
 * Deploys an environment to the local AWS with Terraform, runs what is then deployed there, and takes it away again.
 * @param checks takes every check
 * @param interrupted ends it
 * @throws the signal's reason
 */
export async function runDeploymentCheck(checks: CheckList, interrupted: AbortSignal): Promise<void> {
  const terraform = findProgram('terraform');
  if (terraform === undefined) {
    checks.skip('the deployment can be tried', 'there is no terraform on the PATH');
    return;
  }
  const pluginDir = findProviderMirror('hashicorp/aws', LOCAL_PROVIDER_VERSION);
  const environment = projectEnvironment();
  const runFolder = createRunFolder(environment.runRoot, 'e2e-infra');
  console.error(`. Logs of this run: ${runFolder}`);
  const parts = new Parts();
  const logs = path.join(runFolder, 'logs');
  try {
    const { endpoint } = await startEmulator(
      { python: environment.python, folder: runFolder, logFile: path.join(logs, 'ministack.log'), region: REGION },
      parts,
    );
    const clients = localClients(endpoint, REGION);
    try {
      const runner: Runner = { environment, endpoint, region: REGION, runFolder, clients, parts, interrupted };
      const deployment = await LocalDeployment.prepare({
        terraform,
        pluginDir,
        environment: ENVIRONMENT,
        endpoint,
        region: REGION,
        folder: runFolder,
        logFile: path.join(logs, 'terraform.log'),
        interrupted,
      });
      if (!(await initialised(deployment, pluginDir, checks))) return;
      await checks.part('the environment can be deployed', () => checkDeployment(deployment, runner, checks));
      interrupted.throwIfAborted();
      await timed('terraform destroy', () => deployment.destroy());
      checks.equal('destroy leaves nothing behind', await deployment.resources(), []);
    } finally {
      clients.close();
    }
  } finally {
    await parts.stop();
  }
}
