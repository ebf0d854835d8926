import { execFile } from 'node:child_process';
import { appendFileSync, copyFileSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkSideBySide, type SideBySide } from './check-side-by-side';
import { type CodeLocation, describeDeployed } from './deployed-application';
import { fetchCode, fileSha256, latestCode } from './deployed-code';
import type { Runner } from './deployed-run';
import { describeSink } from './deployed-sink';
import type { LocalDeployment, SynthesisFlags } from './local-deployment';
import { timed } from './timed';

/** Options of the check. */
export interface Updated {
  readonly deployment: LocalDeployment;
  readonly synthesise: (flags?: SynthesisFlags) => Promise<unknown>;
}

/** The deployed code. */
interface Release {
  readonly status: string;
  /** Of the application. */
  readonly code: CodeLocation;
  /** SHA-256 of the zip in the bucket, base64. */
  readonly applicationSha256: string;
  /** SHA-256 of the function's zip, base64. */
  readonly sinkSha256: string;
}

/** @returns another release of both: the same code with an additional file and an additional comment */
async function nextRelease({ environment, runFolder }: Runner) {
  const zip = path.join(runFolder, 'next-application.zip');
  copyFileSync(environment.packageZip, zip);
  const note = path.join(runFolder, 'next-release.txt');
  writeFileSync(note, 'The next release.\n');
  const addFile = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "a").write(sys.argv[2], "next-release.txt")';
  await promisify(execFile)(environment.python, ['-c', addFile, zip, note]);
  const bundle = path.join(runFolder, 'next-sink');
  cpSync(path.join(environment.root, 'apps', 'output-sink', 'dist'), bundle, { recursive: true });
  appendFileSync(path.join(bundle, 'index.mjs'), '// The next release.\n');
  return { 'flink-zip': zip, 'sink-bundle': bundle };
}

/**
 * Deploys another release of the application and of the function, then the former release of the application side by side with it, and
 * rolls back to the former release.
 * @param sideBySide see SideBySide; the release of the working tree is deployed
 * @param runner environment of the run
 * @param outputs of the stack
 * @param checks records every check
 */
export async function checkUpdate(
  sideBySide: SideBySide,
  runner: Runner,
  outputs: Readonly<Record<string, string>>,
  checks: CheckList,
): Promise<void> {
  const { deployment, synthesise } = sideBySide;
  const { clients, runFolder } = runner;
  const output = (name: string) => outputs[name] ?? '';
  const fetched = (code: CodeLocation) => fetchCode(clients.objects, code, path.join(runFolder, 'fetched.zip'));
  const release = async (): Promise<Release> => {
    const { status, code } = await describeDeployed(clients.applications, output('flink_application'));
    const { codeSha256 } = await describeSink(clients.functions, output('sink_function'));
    return { status, code, applicationSha256: await fetched(code), sinkSha256: codeSha256 };
  };
  const sinkCode = async () => fetched(await latestCode(clients.objects, output('artefacts_bucket'), 'output-sink'));

  const before = await release();
  const next = await nextRelease(runner);
  await timed(`${deployment.tool}: deploy the next release`, async () => {
    await synthesise(next);
    await deployment.applySynthesised();
  });
  const updated = await release();
  checks.equal('an update gives the application its new zip', updated.applicationSha256, fileSha256(next['flink-zip']));
  checks.equal('an update gives the function its new code', updated.sinkSha256, await sinkCode());
  checks.holds(
    'the code of the function has changed',
    updated.sinkSha256 !== before.sinkSha256,
    'it is the previous code',
  );
  checks.equal('a running application runs after its update', updated.status, 'RUNNING');
  checks.equal('the previous zip is kept as a version', await fetched(before.code), before.applicationSha256);

  const greenIsGone = await checkSideBySide(sideBySide, runner, outputs, next['sink-bundle'], checks);

  // Like in the runbook: the reverted commit is built and deployed. It has no second version.
  await timed(`${deployment.tool}: deploy the previous release`, async () => {
    await synthesise();
    await deployment.applySynthesised();
  });
  const back = await release();
  checks.equal(
    'going back restores the previous zip of the application',
    back.applicationSha256,
    before.applicationSha256,
  );
  checks.equal('going back restores the previous code of the function', back.sinkSha256, before.sinkSha256);
  checks.equal('a running application runs after going back', back.status, 'RUNNING');
  checks.equal('the zip of the newer release is kept', await fetched(updated.code), updated.applicationSha256);
  await greenIsGone();
}
