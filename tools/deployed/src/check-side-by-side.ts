import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { type PropertyGroup, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { Updated } from './check-update';
import { type DeployedApplication, describeDeployed } from './deployed-application';
import { fetchCode, fileSha256 } from './deployed-code';
import type { Runner } from './deployed-run';
import { timed } from './timed';

/** Options of the check. */
export interface SideBySide extends Updated {
  /** Name of the environment. */
  readonly name: string;
  /** Whether to run it: it needs another deployment. */
  readonly secondVersion: boolean;
  /** Runs a command of `infra` for the environment. */
  readonly operate: (command: string, ...flags: readonly string[]) => Promise<unknown>;
}

/**
 * @returns folder with the environment's file: blue has a fixed version of its zip, green runs side by side with it, and the sink reads
 *   green
 */
function withGreen({ environment, runFolder }: Runner, name: string, codeVersion: string): string {
  const folder = path.join(runFolder, 'environments');
  mkdirSync(folder, { recursive: true });
  const file = path.join(environment.root, 'infra', 'environments', `${name}.json`);
  const own = JSON.parse(readFileSync(file, 'utf8')) as { readonly flink: object; readonly sink: object };
  const since = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const changed = {
    ...own,
    flink: { ...own.flink, codeVersion },
    sideBySide: { settings: {}, unknownToBlue: [] },
    sink: { ...own.sink, reads: { version: 'green', since } },
  };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(changed));
  return folder;
}

/** @returns stream and start position of each mapping of the function; the emulator does not return the time of `AT_TIMESTAMP` */
async function mappingsOf({ clients }: Runner, functionName: string): Promise<(string | undefined)[][]> {
  const { EventSourceMappings: mappings = [] } = await clients.functions.send(
    new ListEventSourceMappingsCommand({ FunctionName: functionName }),
  );
  return mappings.map(({ EventSourceArn: arn = '', StartingPosition }) => [
    arn.slice(arn.lastIndexOf('/') + 1),
    StartingPosition,
  ]);
}

/** @returns the sorted groups, with another name of the results stream */
function withResults(groups: readonly PropertyGroup[], from: string, to: string): string[] {
  return groups
    .map(({ PropertyGroupId, PropertyMap }) => {
      const settings = Object.entries(PropertyMap).map(([name, value]) => [name, value === from ? to : value]);
      return JSON.stringify([PropertyGroupId, settings.sort()]);
    })
    .sort();
}

/**
 * Adds a second version of the job, green, and switches the sink to it.
 * @param sideBySide see SideBySide
 * @param runner environment of the run
 * @param outputs of the stack
 * @param sinkBundle folder of the function's code, which does not change
 * @param checks records every check
 * @returns a function that checks, after a deployment without green, that green was removed
 */
export async function checkSideBySide(
  { deployment, synthesise, name, secondVersion, operate }: SideBySide,
  runner: Runner,
  outputs: Readonly<Record<string, string>>,
  sinkBundle: string,
  checks: CheckList,
): Promise<() => Promise<void>> {
  if (!secondVersion) {
    checks.skip('two versions of the job can run side by side', 'it needs another deployment: npx nx run infra:e2e');
    return async () => {};
  }
  const { clients, environment, runFolder } = runner;
  const blueName = outputs['flink_application'] ?? '';
  const described = (application: string): Promise<DeployedApplication> =>
    describeDeployed(clients.applications, application);
  const mappings = () => mappingsOf(runner, outputs['sink_function'] ?? '');
  const before = await described(blueName);
  const { streamName } = pipelineSettings(before.properties).results;
  const folder = withGreen(runner, name, before.code.version);
  // Uses Terraform in the folder of the CLI, because users may switch between the two.
  await timed('terraform: deploy a second version', async () => {
    await synthesise({ environments: folder, 'sink-bundle': sinkBundle });
    await deployment.applyChanges();
  });
  await operate('start', '--application', 'green', '--environments', folder);
  const greenName = (await deployment.outputs())['flink_application_green'] ?? '';
  const [blue, green] = [await described(blueName), await described(greenName)];
  checks.equal('a second version does not change the first', blue, before);
  checks.equal('the start command starts the second version', [green.status, green.systemRollback], ['RUNNING', true]);
  checks.equal(
    'the second version runs the zip that is built',
    await fetchCode(clients.objects, green.code, path.join(runFolder, 'fetched.zip')),
    fileSha256(environment.packageZip),
  );
  checks.holds(
    'the first version runs a different zip',
    blue.code.version !== green.code.version,
    'it runs the same zip',
  );
  checks.equal(
    'the versions have the same properties, except for the stream of results',
    withResults(green.properties, '', ''),
    withResults(blue.properties, streamName, `${streamName}-green`),
  );
  checks.equal('the sink reads only the second version, from the given time on', await mappings(), [
    [`${streamName}-green`, 'AT_TIMESTAMP'],
  ]);
  return async () => {
    checks.equal('the sink reads only the first version', await mappings(), [[streamName, 'TRIM_HORIZON']]);
    const { StreamNames: streams = [] } = await clients.kinesis.send(new ListStreamsCommand({}));
    checks.equal(
      'the stream of the second version is gone',
      streams.filter((stream) => stream.endsWith('-green')),
      [],
    );
    const left = await described(greenName).then(
      ({ status }) => status,
      ({ name: error }: Error) => error,
    );
    checks.equal('the application of the second version is gone', left, 'ResourceNotFoundException');
  };
}
