import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'cdktf';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { Environment } from '../environments/environment';
import { ENVIRONMENTS_FOLDER, environmentNames, loadEnvironment } from '../environments/load-environment';
import { SETTINGS_FILE } from '../project-files';
import { BootstrapStack } from '../stacks/bootstrap-stack';
import { PipelineStack } from '../stacks/pipeline-stack';
import { bootstrapStackName } from '../synthesise';

/** The synthesised JSON of a stack. */
export type StackJson = Readonly<Record<string, unknown>>;

/**
 * The example with every option: so the drawing contains everything that the code can deploy, including resources that no committed
 * environment has.
 */
export const EXAMPLE = 'eu-prod';

/** @returns the environments: production second to last, the example last */
function environments(): Environment[] {
  const own = environmentNames().sort((a, b) => Number(a === 'prod') - Number(b === 'prod') || (a < b ? -1 : 1));
  return [
    ...own.map((name) => loadEnvironment(name)),
    loadEnvironment(EXAMPLE, path.join(ENVIRONMENTS_FOLDER, 'examples')),
  ];
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @returns the stack, extended by the resources and data sources of another */
function withOther(stack: StackJson, other: StackJson): StackJson {
  const merged = (block: string) => {
    const [own, more] = [(stack[block] ?? {}) as Blocks, (other[block] ?? {}) as Blocks];
    return Object.fromEntries(
      [...new Set([...Object.keys(own), ...Object.keys(more)])].map((type) => [type, { ...more[type], ...own[type] }]),
    );
  };
  return { ...stack, resource: merged('resource'), data: merged('data') };
}

/**
 * Synthesises every environment and the example with every option. Placeholders replace the built artefacts, so that the drawing does not
 * depend on whether they were built.
 * @returns `cdk.tf.json` of each environment, parsed, including the resources of its bootstrap
 */
export function synthesisedStacks(): Record<string, StackJson> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ad-analytics-diagram-'));
  try {
    const standIn = path.join(folder, 'artefact.zip');
    writeFileSync(standIn, '');
    const outdir = path.join(folder, 'cdktf.out');
    const app = new App({ outdir });
    const groups = loadPropertyGroups(SETTINGS_FILE);
    const all = environments();
    for (const environment of all) {
      new PipelineStack(app, environment.name, {
        environment,
        groups,
        artefacts: { flinkZip: standIn, sinkZip: standIn },
      });
      if (environment.state !== undefined)
        new BootstrapStack(app, bootstrapStackName(environment.name), {
          environment,
          state: environment.state,
          settings: pipelineSettings(groups),
        });
    }
    app.synth();
    const read = (stack: string) =>
      JSON.parse(readFileSync(path.join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as StackJson;
    return Object.fromEntries(
      all.map(({ name, state }) => [
        name,
        state === undefined ? read(name) : withOther(read(name), read(bootstrapStackName(name))),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
