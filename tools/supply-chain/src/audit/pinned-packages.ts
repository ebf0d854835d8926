import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { OWN_REQUIREMENTS, PACKAGE_ZIP, REQUIREMENTS, ROOT, VENV } from '@ad-analytics/setup/layout.cjs';
import { readNotice } from '../licences/notice-components';
import { entryOf } from '../licences/zip-entries';

/** A package in one version, as an advisory names it. */
export interface PinnedPackage {
  readonly ecosystem: 'npm' | 'PyPI' | 'Maven';
  readonly name: string;
  readonly version: string;
  /** File or project that uses it, for messages. */
  readonly where: string;
}

const LOCK_FILES = ['.', 'infra/cdktf-cli', 'tools/workflow-lint', 'tools/supply-chain'];

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), name: z.string().optional(), link: z.boolean().optional() }),
  ),
});

/** @param lock content of a package-lock.json @param where for messages */
export function npmPackages(lock: string, where: string): PinnedPackage[] {
  return Object.entries(lockSchema.parse(JSON.parse(lock)).packages).flatMap(([place, { name, version }]) => {
    const at = place.lastIndexOf('node_modules/');
    if (at < 0 || version === undefined) return [];
    return [{ ecosystem: 'npm' as const, name: name ?? place.slice(at + 'node_modules/'.length), version, where }];
  });
}

/** @param requirements content of a requirements.txt with pinned versions @param where for messages */
export function pythonPackages(requirements: string, where: string): PinnedPackage[] {
  return [...requirements.matchAll(/^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)/gm)].map(([, name = '', version = '']) => ({
    ecosystem: 'PyPI' as const,
    name,
    version,
    where,
  }));
}

/** Groups of the third-party jars in Flink's distribution. */
const GROUPS: readonly (readonly [prefix: string, group: string])[] = [
  ['log4j-', 'org.apache.logging.log4j'],
  ['flink-', 'org.apache.flink'],
];

/** @param file name of a jar of Flink's distribution, such as `log4j-core-2.24.3.jar` @returns undefined for another form */
export function jarPackage(file: string): Pick<PinnedPackage, 'name' | 'version'> | undefined {
  const [, artifact, version] = /^(.+?)-(\d[\w.]*)\.jar$/.exec(file) ?? [];
  const group = GROUPS.find(([prefix]) => file.startsWith(prefix))?.[1];
  return artifact === undefined || version === undefined || group === undefined
    ? undefined
    : { name: `${group}:${artifact}`, version };
}

/** @returns what NOTICE files of a jar list */
function bundledIn(jar: Uint8Array, where: string): PinnedPackage[] {
  const notice = entryOf(jar, 'META-INF/NOTICE');
  if (notice === undefined) return [];
  return readNotice(new TextDecoder().decode(notice)).components.map(({ name, version }) => ({
    ecosystem: 'Maven' as const,
    name,
    version,
    where,
  }));
}

/** @returns Flink's own jars and what they bundle, as the Python package apache-flink brings them */
function flinkDistribution(): PinnedPackage[] {
  const lib = readdirSync(path.join(VENV, 'lib'), { withFileTypes: true })
    .map(({ name }) => path.join(VENV, 'lib', name, 'site-packages', 'pyflink', 'lib'))
    .find((folder) => existsSync(folder));
  if (lib === undefined) throw new Error('apache-flink is not installed: run npm run setup');
  return readdirSync(lib)
    .filter((file) => file.endsWith('.jar'))
    .flatMap((file) => {
      const own = jarPackage(file);
      return [
        ...(own === undefined ? [] : [{ ecosystem: 'Maven' as const, ...own, where: 'Flink' }]),
        ...bundledIn(readFileSync(path.join(lib, file)), `Flink (${file})`),
      ];
    });
}

const bomSchema = z.object({ components: z.array(z.object({ purl: z.string() })) });

/** @param bom CycloneDX of the jar, from `nx run flink:sbom` @param where for messages */
export function mavenPackages(bom: string, where: string): PinnedPackage[] {
  return bomSchema.parse(JSON.parse(bom)).components.flatMap(({ purl }) => {
    const [, group, artifact, version] = /^pkg:maven\/([^/]+)\/([^@]+)@([^?#]+)/.exec(purl) ?? [];
    if (group === undefined || artifact === undefined || version === undefined) return [];
    const name = `${group}:${artifact}`;
    return [{ ecosystem: 'Maven' as const, name, version: decodeURIComponent(version), where }];
  });
}

/** @returns every pinned package of the project, once for each place that uses it */
export function allPinnedPackages(): PinnedPackage[] {
  const read = (file: string) => readFileSync(path.resolve(ROOT, file), 'utf8');
  const relative = (file: string) => path.relative(ROOT, file);
  const jar = entryOf(readFileSync(PACKAGE_ZIP), 'lib/pyflink-dependencies.jar');
  if (jar === undefined) throw new Error(`${PACKAGE_ZIP} has no jar: run npx nx run flink:package`);
  return [
    ...LOCK_FILES.map((folder) => path.join(folder, 'package-lock.json')).flatMap((file) =>
      npmPackages(read(file), file),
    ),
    ...[...REQUIREMENTS, ...OWN_REQUIREMENTS].flatMap((file) => pythonPackages(read(file), relative(file))),
    ...mavenPackages(read('sbom/flink.cdx.json'), 'jar of the job'),
    ...flinkDistribution(),
  ];
}
