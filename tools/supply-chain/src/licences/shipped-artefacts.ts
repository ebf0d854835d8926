import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_ZIP, ROOT } from '@ad-analytics/setup/layout.cjs';
import { type Component, licenceProblems } from './allowed-licences';
import { type ArchivePart, archiveContent, archivePartsSchema } from './archive-components';
import { bundleComponents } from './bundle-components';
import { readNotice } from './notice-components';
import { entryNames, entryOf } from './zip-entries';

/** Metafiles of the bundles that ship, by artefact; the builds write them. */
const BUNDLES = {
  'output sink (Lambda)': ['apps/output-sink/metafiles/function.json'],
  dashboard: ['server', 'page', 'report', 'report-page'].map((name) => `apps/dashboard/metafiles/${name}.json`),
} as const;

const JAR = 'lib/pyflink-dependencies.jar';
/** The zip has the project's own files and the jar. A Python package in it would be a separate part. */
const ZIP_PARTS: readonly ArchivePart[] = [
  { name: 'ad-analytics', licence: 'own', paths: ['LICENSE', 'main.py', 'ad_analytics/', 'sql/', JAR] },
];

/** What was found in one artefact. */
export interface ArtefactLicences {
  readonly artefact: string;
  readonly components: readonly Component[];
  /** One line each; none: all licences are known and allowed. */
  readonly problems: readonly string[];
}

/** @returns what is in a zip of the Flink application @param parts of its jar, as flink/third-party.json lists them */
export function flinkLicences(zip: Uint8Array, parts: readonly ArchivePart[]): ArtefactLicences[] {
  const jar = entryOf(zip, JAR);
  const content = archiveContent(entryNames(zip), ZIP_PARTS);
  const ofZip = { artefact: 'Flink application (zip)', components: content.components, problems: content.problems };
  if (jar === undefined) return [{ ...ofZip, problems: [...ofZip.problems, `${JAR} is missing in it`] }];
  const ofJar = archiveContent(entryNames(jar), parts);
  const { components: bundled, unreadable } = readNotice(new TextDecoder().decode(entryOf(jar, 'META-INF/NOTICE')));
  const components = [...ofJar.components, ...bundled];
  return [
    ofZip,
    {
      artefact: 'Flink application (jar)',
      components,
      problems: [
        ...ofJar.problems,
        ...(bundled.length === 0 ? ['META-INF/NOTICE lists no libraries of the connector'] : []),
        ...unreadable.map((item) => `META-INF/NOTICE lists "${item}", which is not group:artifact:version`),
        ...licenceProblems(components),
      ],
    },
  ];
}

/**
 * Finds the licences of all third-party code in what is deployed or served.
 * @returns one entry for each artefact
 * @throws Error when an artefact is not built
 */
export function shippedLicences(): ArtefactLicences[] {
  const bundles = Object.entries(BUNDLES).map(([artefact, files]) => {
    const all = files.flatMap((file) => bundleComponents(ROOT, path.join(ROOT, file)));
    const components = [...new Map(all.map((one) => [`${one.name} ${one.version}`, one])).values()];
    return { artefact, components, problems: licenceProblems(components) };
  });
  const parts = archivePartsSchema.parse(
    JSON.parse(readFileSync(path.join(ROOT, 'flink', 'third-party.json'), 'utf8')),
  );
  return [...bundles, ...flinkLicences(readFileSync(PACKAGE_ZIP), parts)];
}
