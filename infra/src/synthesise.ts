import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { App } from 'cdktf';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { Artefacts } from './artefacts/artefacts';
import { packageLambda } from './artefacts/lambda-package';
import type { Environment } from './environments/environment';
import { BUILT, OUT_FOLDER, SETTINGS_FILE } from './project-files';
import { BootstrapStack } from './stacks/bootstrap-stack';
import { PipelineStack } from './stacks/pipeline-stack';

/** What is to be deployed has not been built. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
}

/** What other projects have built, kept elsewhere than where they put it. */
export interface KeptBuild {
  /** Zip of the application; absent: the one that `flink:package` has made. */
  readonly flinkZip?: string | undefined;
  /** Folder of the sink's bundle; absent: the one that `output-sink:build` has made. */
  readonly sinkBundle?: string | undefined;
}

/**
 * @param folder takes the Lambda's zip
 * @param kept what is deployed instead of what is built
 * @returns the artefacts
 * @throws {NotBuiltError} names the missing file, and what builds it
 */
export function builtArtefacts(folder: string, kept: KeptBuild = {}): Artefacts {
  const place = (part: keyof typeof BUILT): string => {
    const file = kept[part];
    if (file !== undefined) {
      if (!existsSync(file)) throw new NotBuiltError(`${file} is missing.`);
      return file;
    }
    const { path: built, by } = BUILT[part];
    if (!existsSync(built)) throw new NotBuiltError(`${built} is missing. Build it with: npx nx run ${by}`);
    return built;
  };
  const [flinkZip, sinkBundle] = [place('flinkZip'), place('sinkBundle')];
  rmSync(folder, { recursive: true, force: true });
  return { flinkZip, sinkZip: packageLambda(sinkBundle, folder) };
}

/** @returns folder of the zips that are made while the environments are synthesised */
export function artefactsFolder(outFolder: string): string {
  return path.join(outFolder, 'artefacts');
}

/** @returns name of the stack that is needed once before an environment can keep its state and be deployed from CI */
export function bootstrapStackName(environment: string): string {
  return `${environment}-bootstrap`;
}

/**
 * Writes the Terraform JSON of the environments.
 * @param environments to synthesise
 * @param outFolder takes `stacks/<name>/cdk.tf.json` of each, with the files that it deploys
 * @param artefacts what they deploy; unless given, what is built
 * @throws {NotBuiltError} names what must be built first, and how
 */
export function synthesise(
  environments: readonly Environment[],
  outFolder = OUT_FOLDER,
  artefacts = builtArtefacts(artefactsFolder(outFolder)),
): void {
  for (const { name } of environments) {
    // Files of earlier artefacts would stay for ever; the rest of the folder is Terraform's.
    rmSync(path.join(outFolder, 'stacks', name, 'assets'), { recursive: true, force: true });
  }
  const app = new App({ outdir: outFolder });
  const groups = loadPropertyGroups(SETTINGS_FILE);
  for (const environment of environments) {
    new PipelineStack(app, environment.name, { environment, groups, artefacts });
    if (environment.state !== undefined) {
      new BootstrapStack(app, bootstrapStackName(environment.name), {
        environment,
        state: environment.state,
        settings: pipelineSettings(groups),
      });
    }
  }
  app.synth();
}
