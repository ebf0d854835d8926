import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENTS_FOLDER, environmentNames, loadEnvironment } from './environments/load-environment';
import { synthesise } from './synthesise';

const EXAMPLES = path.join(ENVIRONMENTS_FOLDER, 'examples');

/** A synthesised stack. */
export interface SynthesisedStack {
  readonly name: string;
  readonly folder: string;
}

/**
 * Synthesises every environment and every example, with empty files as artefacts. So checks of the JSON do not need a build.
 * @param folder for the output
 * @returns the stacks by name
 */
export function synthesiseAll(folder: string): SynthesisedStack[] {
  mkdirSync(folder, { recursive: true });
  const artefacts = { flinkZip: path.join(folder, 'flink.zip'), sinkZip: path.join(folder, 'sink.zip') };
  for (const file of Object.values(artefacts)) writeFileSync(file, '');
  const out = path.join(folder, 'out');
  const all = [ENVIRONMENTS_FOLDER, EXAMPLES].flatMap((place) =>
    environmentNames(place).map((name) => loadEnvironment(name, place)),
  );
  synthesise(all, out, artefacts);
  const stacks = path.join(out, 'stacks');
  return readdirSync(stacks)
    .sort()
    .map((name) => ({ name, folder: path.join(stacks, name) }));
}
