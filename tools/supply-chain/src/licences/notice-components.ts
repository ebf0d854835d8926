import type { Component } from './allowed-licences';

/** How the heading of a list in a NOTICE of Apache projects names a licence, and its SPDX identifier. */
const HEADINGS: readonly (readonly [pattern: RegExp, licence: string])[] = [
  [/Apache Software License 2|Apache License,? (?:Version )?2/i, 'Apache-2.0'],
  [/MIT-0/i, 'MIT-0'],
  [/\bMIT\b/i, 'MIT'],
  [/BSD/i, 'BSD-3-Clause'],
];

const HEADING = /^This project bundles the following dependencies under (.*)$/;
/** `group:artifact:version`, or with a classifier between. */
const COORDINATES = /^- ([\w.-]+:[\w.-]+)(?::[\w.-]+)?:([\w.-]+)\s*$/;

/**
 * Reads which libraries a jar of an Apache project contains: those lists are kept by hand and checked at each release of the project.
 * @param notice text of META-INF/NOTICE
 * @returns the libraries, each with the licence that its list states
 */
export function noticeComponents(notice: string): (Component & { readonly version: string })[] {
  let licence: string | undefined;
  const found = [];
  for (const line of notice.split(/\r?\n/)) {
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) licence = HEADINGS.find(([pattern]) => pattern.test(heading))?.[1];
    const [, name, version] = COORDINATES.exec(line) ?? [];
    if (name !== undefined && version !== undefined) found.push({ name, version, licence });
  }
  return found;
}
