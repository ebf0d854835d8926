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

/** A deployed artefact has not been built. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
}

/** Artefacts in other locations than the default ones. */
export interface KeptBuild {
  /** Zip of the application; default: the output of `flink:package`. */
  readonly flinkZip?: string | undefined;
  /** Folder of the sink's bundle; default: the output of `output-sink:build`. */
  readonly sinkBundle?: string | undefined;
}

/**
 * @param folder for the Lambda's zip
 * @param kept artefacts that replace the built ones
 * @returns the artefacts
 * @throws {NotBuiltError} with the missing file and the command that builds it
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

/** @returns folder of the zips that are created during the synthesis */
export function artefactsFolder(outFolder: string): string {
  return path.join(outFolder, 'artefacts');
}

/** @returns name of the bootstrap stack, which is deployed once before an environment can have remote state and be deployed from CI */
export function bootstrapStackName(environment: string): string {
  return `${environment}-bootstrap`;
}

/**
 * Writes the Terraform JSON of the environments.
 * @param environments to synthesise
 * @param outFolder for `stacks/<name>/cdk.tf.json` of each environment, with its artefacts
 * @param artefacts default: the built ones
 * @throws {NotBuiltError} with what must be built first, and how
 */
export function synthesise(
  environments: readonly Environment[],
  outFolder = OUT_FOLDER,
  artefacts = builtArtefacts(artefactsFolder(outFolder)),
): void {
  for (const { name } of environments) {
    // Removes files of earlier artefacts; the rest of the folder belongs to Terraform.
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
