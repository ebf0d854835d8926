import { z } from 'zod';
import type { Component } from '../licences/allowed-licences';

const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.looseObject({ purl: z.string().optional() })),
});

/** @returns the package URL of a library of Maven, such as `pkg:maven/joda-time/joda-time@2.8.1?type=jar` */
export function mavenPurl(name: string, version: string): string {
  const [group = '', artifact = ''] = name.split(':');
  return `pkg:maven/${group}/${artifact}@${encodeURIComponent(version)}?type=jar`;
}

/**
 * Adds the libraries that a dependency contains in itself, which Maven does not know of.
 * @param bom CycloneDX of a jar as JSON
 * @param bundled libraries that its NOTICE lists
 * @returns the BOM with them, sorted by package URL; a library that the BOM already contains is not added
 * @throws Error when it is not a CycloneDX BOM
 */
export function withBundled(bom: string, bundled: readonly (Component & { readonly version: string })[]): string {
  const parsed = bomSchema.parse(JSON.parse(bom));
  const known = new Set(parsed.components.map(({ purl }) => purl));
  const added = bundled.flatMap(({ name, version, licence }) => {
    const purl = mavenPurl(name, version);
    if (known.has(purl)) return [];
    known.add(purl);
    const [group, artifact] = name.split(':');
    const licenses = licence === undefined ? {} : { licenses: [{ license: { id: licence } }] };
    return [{ type: 'library', 'bom-ref': purl, group, name: artifact, version, ...licenses, purl }];
  });
  const components = [...parsed.components, ...added].sort((a, b) => ((a.purl ?? '') < (b.purl ?? '') ? -1 : 1));
  return `${JSON.stringify({ ...parsed, components }, null, 2)}\n`;
}
