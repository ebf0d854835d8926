import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { PACKAGE_ZIP, ROOT, SUPPLY_CHAIN } from '@ad-analytics/setup/layout.cjs';
import { prepareOwnPackages } from '@ad-analytics/setup/prepare.cjs';
import { readNotice } from '../licences/notice-components';
import { entryOf } from '../licences/zip-entries';
import { CommandError } from '@ad-analytics/command-line/errors';
import { runProgram } from '@ad-analytics/command-line/run-program';
import { withBundled } from './bundled-components';

/** Where the BOMs go; not in a folder that is deployed. */
const FOLDER = path.join(ROOT, 'sbom');
const MAVEN_PLUGIN = 'org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom';

const bomOf = (name: string) => path.join(FOLDER, `${name}.cdx.json`);

async function run(args: readonly string[], cwd: string, interrupted: AbortSignal): Promise<void> {
  const { code } = await runProgram(process.execPath, [...args], { cwd, env: process.env, interrupted });
  if (code !== 0) throw new CommandError(`${path.basename(args[0] ?? '')} ended with exit code ${code}.`);
}

const program = (name: string) => path.join(SUPPLY_CHAIN, 'node_modules', '.bin', name);

/** What an esbuild bundle is made of, from its metafile. */
async function bundleBom(name: string, metafile: string, interrupted: AbortSignal): Promise<void> {
  await prepareOwnPackages(SUPPLY_CHAIN);
  const args = [program('cyclonedx-esbuild'), '--output-reproducible', '--no-validate', '-o', bomOf(name), metafile];
  await run(args, ROOT, interrupted);
}

/** The jar's dependencies from Maven, and the libraries that the connector contains from the jar's NOTICE. */
async function jarBom(interrupted: AbortSignal): Promise<void> {
  const toolchain = path.join(ROOT, 'tools', 'setup', 'with-toolchain.cjs');
  const options = {
    outputFormat: 'json',
    includeProvidedScope: 'false',
    includeTestScope: 'false',
    outputDirectory: FOLDER,
    outputName: 'flink.maven',
  };
  const properties = Object.entries(options).map(([name, value]) => `-D${name}=${value}`);
  await run(
    [toolchain, 'maven', '-B', '-ntp', '-q', MAVEN_PLUGIN, ...properties],
    path.join(ROOT, 'flink'),
    interrupted,
  );
  const jar = entryOf(readFileSync(PACKAGE_ZIP), 'lib/pyflink-dependencies.jar');
  const notice = jar === undefined ? undefined : entryOf(jar, 'META-INF/NOTICE');
  if (notice === undefined)
    throw new CommandError(`${PACKAGE_ZIP} has no jar with a NOTICE: run npx nx run flink:package`);
  const ofMaven = path.join(FOLDER, 'flink.maven.json');
  const maven = readFileSync(ofMaven, 'utf8');
  rmSync(ofMaven);
  writeFileSync(bomOf('flink'), withBundled(maven, readNotice(new TextDecoder().decode(notice)).components));
}

/** Every npm package of the workspace, tools included. */
async function workspaceBom(interrupted: AbortSignal): Promise<void> {
  await prepareOwnPackages(SUPPLY_CHAIN);
  const args = [program('cyclonedx-npm'), '--output-reproducible', '--no-validate', '-o', bomOf('workspace')];
  await run(args, ROOT, interrupted);
}

/** How each BOM is made. */
const BOMS: Readonly<Record<string, (interrupted: AbortSignal) => Promise<void>>> = {
  'output-sink': (interrupted) => bundleBom('output-sink', 'apps/output-sink/metafiles/function.json', interrupted),
  dashboard: async (interrupted) => {
    for (const name of ['server', 'page', 'report', 'report-page'])
      await bundleBom(`dashboard-${name}`, `apps/dashboard/metafiles/${name}.json`, interrupted);
  },
  flink: jarBom,
  workspace: workspaceBom,
};

/**
 * `sbom`: writes the bill of materials of a project.
 * @param interrupted aborts the command
 */
export function sbomCommand(interrupted: AbortSignal): Command {
  return new Command('sbom')
    .description('Write the software bill of materials of a built project to sbom/, as CycloneDX JSON.')
    .addArgument(new Argument('<project>', 'what to describe').choices(Object.keys(BOMS)))
    .action(async (project: string) => {
      mkdirSync(FOLDER, { recursive: true });
      await BOMS[project]?.(interrupted);
      console.log(`Wrote the BOM of ${project} to ${path.relative(ROOT, FOLDER)}/.`);
    });
}
