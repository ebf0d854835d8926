import path from 'node:path';
import { loadPropertyGroups, type PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { describeDeployed, type DeployedApplication } from './deployed-application';
import { fetchCode, fileSha256, latestCode } from './deployed-code';
import { putSampleEvents, runApplication, runSinkFunction, storedResult, type Runner } from './deployed-run';
import { describeSink, disableMapping, type DeployedSink } from './deployed-sink';
import { timed } from './timed';

const RUNTIME = 'FLINK-1_20';

/** @returns the groups and their settings, sorted, because the service does not keep an order */
function inOrder(groups: readonly PropertyGroup[]): [string, [string, string][]][] {
  return groups
    .map(({ PropertyGroupId, PropertyMap }): [string, [string, string][]] => [
      PropertyGroupId,
      Object.entries(PropertyMap).sort(([one], [other]) => (one < other ? -1 : 1)),
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * Reads the deployed configuration, runs the application and the function, and checks that an impression and a click give a result.
 * @param runner environment of the run
 * @param outputs of the stack
 * @param checks records every check
 */
export async function checkDeployed(
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
  checks.equal('its code is the packaged application, byte for byte', fetched, fileSha256(environment.packageZip));
  const sink = await describeSink(clients.functions, output('sink_function'));
  const bundle = path.join(runFolder, 'deployed-sink.zip');
  const sinkCode = await latestCode(clients.objects, output('artefacts_bucket'), 'output-sink');
  checks.equal(
    "the function's code equals the object in the bucket",
    sink.codeSha256,
    await fetchCode(clients.objects, sinkCode, bundle),
  );
  await disableMapping(clients.functions, sink.mapping.id);
  checks.holds(
    'the mapping reports partial batch failures',
    sink.mapping.settings.reportBatchItemFailures,
    'it does not',
  );
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
  // Awaited only later: until then, its failure must not count as unhandled.
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
