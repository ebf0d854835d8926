import { mavenPurl, withBundled } from './bundled-components';

describe('withBundled', () => {
  const bom = JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [{ type: 'library', name: 'z', purl: mavenPurl('g:z', '1.0') }],
  });

  it('adds what the jar contains, with coordinates and licence, and leaves what is there as it is', () => {
    const bundled = [
      { name: 'io.netty:netty-codec', version: '4.1.86.Final', licence: 'Apache-2.0' },
      { name: 'g:z', version: '1.0', licence: 'MIT' },
    ];
    const { components, specVersion } = JSON.parse(withBundled(bom, bundled)) as {
      specVersion: string;
      components: unknown[];
    };
    expect(specVersion).toBe('1.6');
    expect(components).toEqual([
      { type: 'library', name: 'z', purl: 'pkg:maven/g/z@1.0?type=jar' },
      {
        type: 'library',
        'bom-ref': 'pkg:maven/io.netty/netty-codec@4.1.86.Final?type=jar',
        group: 'io.netty',
        name: 'netty-codec',
        version: '4.1.86.Final',
        licenses: [{ license: { id: 'Apache-2.0' } }],
        purl: 'pkg:maven/io.netty/netty-codec@4.1.86.Final?type=jar',
      },
    ]);
  });

  it('refuses another format', () => expect(() => withBundled('{"components":[]}', [])).toThrow());
});
