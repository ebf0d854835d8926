import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'cdktf';
import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { environmentNames, loadEnvironment } from '../environments/load-environment';
import { SETTINGS_FILE } from '../project-files';
import { PipelineStack } from '../stacks/pipeline-stack';

/** A stack as Terraform gets it. */
export type StackJson = Readonly<Record<string, unknown>>;

/** @returns names of the environments, the one that serves people last */
function inOrder(): string[] {
  return environmentNames().sort((a, b) => Number(a === 'prod') - Number(b === 'prod') || (a < b ? -1 : 1));
}

/**
 * Synthesises every environment, with stand-ins for what is built: the drawing is about resources, and has to be the same
 * whether something was built or not.
 * @returns `cdk.tf.json` of each environment, parsed
 */
export function synthesisedStacks(): Record<string, StackJson> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ad-analytics-diagram-'));
  try {
    const standIn = path.join(folder, 'artefact.zip');
    writeFileSync(standIn, '');
    const outdir = path.join(folder, 'cdktf.out');
    const app = new App({ outdir });
    const groups = loadPropertyGroups(SETTINGS_FILE);
    const names = inOrder();
    for (const name of names)
      new PipelineStack(app, name, {
        environment: loadEnvironment(name),
        groups,
        artefacts: { flinkZip: standIn, sinkZip: standIn },
      });
    app.synth();
    return Object.fromEntries(
      names.map((name) => [
        name,
        JSON.parse(readFileSync(path.join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')) as StackJson,
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
