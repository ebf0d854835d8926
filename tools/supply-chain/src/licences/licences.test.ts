import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { licenceProblems } from './allowed-licences';
import { archiveContent } from './archive-components';
import { bundleComponents, packageFolders } from './bundle-components';
import { readNotice } from './notice-components';
import { flinkLicences } from './shipped-artefacts';

describe('licenceProblems', () => {
  it('reports a component without a licence, and one whose licence is not allowed', () => {
    const found = licenceProblems([
      { name: 'good', version: '1', licence: 'MIT' },
      { name: 'none', version: '2', licence: undefined },
      { name: 'copyleft', version: '3', licence: 'GPL-3.0-only' },
      { name: 'choice', licence: '(MIT OR GPL-3.0-only)' },
    ]);
    expect(found).toEqual([
      'none 2: states no licence',
      'copyleft 3: the licence GPL-3.0-only is not allowed',
      'choice: the licence (MIT OR GPL-3.0-only) is not allowed',
    ]);
  });
});

describe('a bundle', () => {
  const metafile = JSON.stringify({
    inputs: {
      'apps/x/src/index.ts': {},
      'node_modules/one/lib/a.js': {},
      'node_modules/one/lib/b.js': {},
      'node_modules/@scope/two/index.js': {},
      'node_modules/one/node_modules/three/index.js': {},
    },
  });

  it('has the innermost package of each file', () => {
    expect(packageFolders(metafile)).toEqual([
      'node_modules/@scope/two',
      'node_modules/one',
      'node_modules/one/node_modules/three',
    ]);
  });

  it('has the licences that the packages state', () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'bundle-'));
    const manifests = {
      'node_modules/@scope/two': { name: '@scope/two', version: '2.0.0', license: 'ISC' },
      'node_modules/one': { name: 'one', version: '1.0.0' },
      'node_modules/one/node_modules/three': { name: 'three', version: '3.0.0', license: { type: 'MIT' } },
    };
    for (const [folder, manifest] of Object.entries(manifests)) {
      mkdirSync(path.join(root, folder), { recursive: true });
      writeFileSync(path.join(root, folder, 'package.json'), JSON.stringify(manifest));
    }
    writeFileSync(path.join(root, 'meta.json'), metafile);
    expect(bundleComponents(root, path.join(root, 'meta.json')).map(({ licence }) => licence)).toEqual([
      'ISC',
      undefined,
      undefined,
    ]);
    rmSync(root, { recursive: true });
  });
});

describe('an archive', () => {
  const parts = [
    { name: 'own', licence: 'own', paths: ['own/'] },
    { name: 'other', licence: 'MIT', paths: ['own/shaded/other/'] },
  ];

  it('has a part for each entry, also for classes of one version of Java', () => {
    const names = [
      'own/A.class',
      'own/shaded/other/B.class',
      'META-INF/versions/11/own/A.class',
      'META-INF/MANIFEST.MF',
      'META-INF/NOTICE',
      'META-INF/bigint-BSD-LICENSE',
      'META-INF/licenses/LICENSE.protobuf',
      'META-INF/services/own.x.Factory',
      'META-INF/native-image/io.netty/netty-codec/generated/handlers/reflect-config.json',
      'META-INF/proguard/base.pro',
      'own/',
      'META-INF/versions/11/',
    ];
    expect(archiveContent(names, parts)).toEqual({ components: [parts[1]], problems: [] });
  });

  it.each([
    'META-INF/native/libnetty_tcnative.so',
    'META-INF/x.jar',
    'META-INF/versions/9/META-INF/x.jar',
    'META-INF/services/libx.so',
    'META-INF/A.class',
    'META-INF/native-image/own/x.jar',
    'META-INF/unknown',
  ])('names %s, which is not a notice', (name) => {
    const file = name.replace('META-INF/versions/9/', '');
    expect(archiveContent(['own/A.class', 'own/shaded/other/B.class', name], parts).problems).toEqual([
      `${file} does not belong to a listed part`,
    ]);
  });

  it('names an entry of no part, and a part without an entry', () => {
    expect(archiveContent(['own/A.class', 'org/C.class'], parts).problems).toEqual([
      'org/C.class does not belong to a listed part',
      'the listed path own/shaded/other/ does not match a file: remove it',
    ]);
  });
});

const NOTICE = [
  'This project bundles the following dependencies under the Apache Software License 2.0. (http://www.apache.org/licenses/LICENSE-2.0.txt) ',
  '',
  '- io.netty:netty-codec:4.1.86.Final',
  'This project bundles the following dependencies under the CDDL 1.1 license.',
  '- javax.xml.bind:jaxb-api:2.3.1',
  'This project bundles the following dependencies under the BSD license.',
  'See bundled license files for details.',
  '',
  '- com.google.protobuf:protobuf-java:3.21.7',
  '',
  'A sentence.',
  '- a remark',
].join('\n');

describe('a NOTICE', () => {
  it('has the libraries, each with the licence of its list', () => {
    const { components, unreadable } = readNotice(NOTICE);
    expect(unreadable).toEqual([]);
    expect(components).toEqual([
      { name: 'io.netty:netty-codec', version: '4.1.86.Final', licence: 'Apache-2.0' },
      { name: 'javax.xml.bind:jaxb-api', version: '2.3.1', licence: undefined },
      { name: 'com.google.protobuf:protobuf-java', version: '3.21.7', licence: 'BSD-3-Clause' },
    ]);
  });

  const bundles = 'This project bundles the following dependencies under';
  it.each([
    ['a heading in other words', 'This project bundles the following files, which are under the GPL v2:'],
    ['a choice of licences', `${bundles} the GPL, or the MIT license.`],
    ['a licence with another number', `${bundles} the BSD 4-clause license.`],
    ['a licence that only begins like an allowed one', `${bundles} the Apache Software License 2.1`],
    ['a BSD licence without a number, of a library that was not looked at', `${bundles} the BSD license.`],
    ['any sentence', 'The following is under another licence:'],
  ])('states no licence for a list under %s', (_, heading) => {
    const { components } = readNotice([...NOTICE.split('\n').slice(0, 3), heading, '', '- a:b:1'].join('\n'));
    expect(components.map(({ licence }) => licence)).toEqual(['Apache-2.0', undefined]);
  });

  it.each(['- a:b', '- a:b:1 (changed)', '- grammar files (https://example.org)'])(
    'has the unreadable item "%s" of a list',
    (item) => expect(readNotice(`${NOTICE.split('\n').slice(0, 3).join('\n')}\n${item}`).unreadable).toEqual([item]),
  );
});

describe('the Flink application', () => {
  const empty = strToU8('');
  const zipOf = (jar: Record<string, Uint8Array>, others: Record<string, Uint8Array> = {}) =>
    zipSync({
      'main.py': empty,
      LICENSE: empty,
      'ad_analytics/x.py': empty,
      'sql/x.sql': empty,
      'lib/pyflink-dependencies.jar': zipSync(jar),
      ...others,
    });
  const parts = [{ name: 'own', licence: 'own', paths: ['adanalytics/'] }];
  const goodNotice = strToU8(NOTICE.split('\n').slice(0, 3).join('\n'));

  it('passes when each entry is listed and each licence is allowed', () => {
    const zip = zipOf({ 'adanalytics/A.class': empty, 'META-INF/NOTICE': goodNotice });
    expect(flinkLicences(zip, parts).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each([
    [
      'a Python package in the zip',
      zipOf({ 'adanalytics/A.class': empty, 'META-INF/NOTICE': goodNotice }, { 'six.py': empty }),
      'six.py does not belong',
    ],
    [
      'an unknown class',
      zipOf({ 'adanalytics/A.class': empty, 'x/Y.class': empty, 'META-INF/NOTICE': goodNotice }),
      'x/Y.class does not belong',
    ],
    [
      'a library with another licence',
      zipOf({ 'adanalytics/A.class': empty, 'META-INF/NOTICE': strToU8(NOTICE) }),
      'javax.xml.bind:jaxb-api 2.3.1: states no',
    ],
    [
      'an unreadable item in its NOTICE',
      zipOf({
        'adanalytics/A.class': empty,
        'META-INF/NOTICE': strToU8(`${NOTICE.split('\n').slice(0, 3).join('\n')}\n- x`),
      }),
      'META-INF/NOTICE lists "- x"',
    ],
    ['a jar without NOTICE', zipOf({ 'adanalytics/A.class': empty }), 'lists no libraries'],
    [
      'no jar',
      zipSync({ 'main.py': empty, LICENSE: empty, 'ad_analytics/x': empty, 'sql/x': empty }),
      'lib/pyflink-dependencies.jar is missing in it',
    ],
  ])('fails with %s', (_, zip, problem) => {
    expect(
      flinkLicences(zip, parts)
        .flatMap(({ problems }) => problems)
        .join('\n'),
    ).toContain(problem);
  });
});
