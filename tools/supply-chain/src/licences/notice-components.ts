import type { Component } from './allowed-licences';

/**
 * The headings of lists in NOTICE files of Apache projects, word for word, and the SPDX identifier of the licence. Only a heading that is
 * equal counts: "BSD" alone can be three licences, and "GPL, or MIT" names a licence that the list is not under.
 */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['the Apache Software License 2.0 (http://www.apache.org/licenses/LICENSE-2.0.txt)', 'Apache-2.0'],
  ['the Apache Software License 2.0. (http://www.apache.org/licenses/LICENSE-2.0.txt)', 'Apache-2.0'],
  ['the BSD 3-clause license.', 'BSD-3-Clause'],
  ['the MIT-0 license (https://spdx.org/licenses/MIT-0.html).', 'MIT-0'],
  ['the MIT License. (http://www.opensource.org/licenses/mit-license.php)', 'MIT'],
  ['the MIT/X11 license.', 'MIT'],
]);

/** A heading that does not say which BSD licence it means. */
const SOME_BSD = 'the BSD license.';
/** Libraries below that heading, with the licence that their own text states. */
const OWN_TEXT: ReadonlyMap<string, string> = new Map([['com.google.protobuf:protobuf-java', 'BSD-3-Clause']]);

const HEADING = /^This project bundles /;
const KNOWN_HEADING = /^This project bundles the following dependencies under (.*)$/;
/** A line between a heading and its list. */
const REMARK = /^See bundled license files for details\.?$/;
/** `group:artifact:version`, or with a classifier between. */
const COORDINATES = /^- ([\w.-]+:[\w.-]+)(?::[\w.-]+)?:([\w.-]+)$/;

/** The lists of a NOTICE. */
export interface NoticeContent {
  /** The libraries, each with the licence that the heading of its list states; undefined below an unknown heading. */
  readonly components: readonly (Component & { readonly version: string })[];
  /** Items of lists that are not coordinates of a library, as they are written. */
  readonly unreadable: readonly string[];
}

/**
 * Reads which libraries a jar of an Apache project contains: those lists are kept by hand and checked at each release of the project. A list
 * ends at the first line that is not an item, so that no library has the licence of another list.
 * @param notice text of META-INF/NOTICE
 */
export function readNotice(notice: string): NoticeContent {
  const components = [];
  const unreadable = [];
  let inList = false;
  let heading = '';
  for (const line of notice.split(/\r?\n/).map((text) => text.trimEnd())) {
    const [, name, version] = COORDINATES.exec(line) ?? [];
    if (name !== undefined && version !== undefined) {
      const licence = heading === SOME_BSD ? OWN_TEXT.get(name) : HEADINGS.get(heading);
      components.push({ name, version, licence });
    } else if (inList && line.startsWith('- ')) {
      unreadable.push(line);
    } else if (line !== '' && !REMARK.test(line)) {
      inList = HEADING.test(line);
      heading = KNOWN_HEADING.exec(line)?.[1] ?? '';
    }
  }
  return { components, unreadable };
}
