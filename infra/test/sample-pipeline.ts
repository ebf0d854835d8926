import { Testing } from 'cdktf';
import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import type { Artefacts } from '../src/artefacts/artefacts';
import type { Environment } from '../src/environments/environment';
import { SETTINGS_FILE } from '../src/project-files';
import { PipelineStack } from '../src/stacks/pipeline-stack';
import { sampleArtefacts } from './sample-artefacts';
import { synthesised, type Arguments, type Synthesised } from './synthesised';

/** @returns the complete synthesised stack of an environment */
export function synthesisedPipeline(environment: Environment, artefacts: Artefacts = sampleArtefacts()): Synthesised {
  const groups = loadPropertyGroups(SETTINGS_FILE);
  return synthesised(new PipelineStack(Testing.app(), environment.name, { environment, groups, artefacts }));
}

/** @returns the only resource of a type @throws {Error} when none exists, or several */
export function only(stack: Synthesised, type: string): Arguments {
  const [one, ...others] = stack.all(type);
  if (one === undefined || others.length > 0)
    throw new Error(`expected one ${type}, but the stack has ${others.length + (one ? 1 : 0)}`);
  return one;
}
