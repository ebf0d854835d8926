import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Exception, exceptionsSchema, assessAdvisories } from './assess-advisories';
import { audit } from './audit-command';
import { type Advisory, ServiceUnavailableError, UnexpectedAnswerError, advisories } from './osv';
import { type PinnedPackage, jarPackage, mavenPackages, npmPackages, pythonPackages } from './pinned-packages';
import known from '../../audit-exceptions.json';

const pinned = (name: string, version = '1.0.0'): PinnedPackage => ({
  ecosystem: 'npm',
  name,
  version,
  where: 'a test',
});

describe('pinned packages', () => {
  it('are those of a package-lock.json, nested ones and aliases with their own names', () => {
    const lock = {
      packages: {
        '': { version: '0.1.0' },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/@s/b/node_modules/c': { version: '2.0.0' },
        'node_modules/alias': { version: '3.0.0', name: 'real' },
        'libs/x': {},
      },
    };
    expect(npmPackages(JSON.stringify(lock), 'x').map(({ name, version }) => `${name} ${version}`)).toEqual([
      'a 1.0.0',
      'c 2.0.0',
      'real 3.0.0',
    ]);
  });

  it('are those of a requirements.txt', () => {
    const text = '# x\na-b==1.2 \\\n    --hash=sha256:00\n    # via c==9\nd[extra]==2.0 ; python_version < "3.11" \\\n';
    expect(pythonPackages(text, 'x').map(({ name, version }) => `${name} ${version}`)).toEqual(['a-b 1.2', 'd 2.0']);
  });

  it('are those of a BOM of Maven', () => {
    const components = [{ purl: 'pkg:maven/g.h/a@1.0%2B2?type=jar' }, { purl: 'pkg:npm/x@1' }];
    expect(mavenPackages(JSON.stringify({ components }), 'x')).toMatchObject([{ name: 'g.h:a', version: '1.0+2' }]);
  });

  it.each([
    ['log4j-core-2.24.3.jar', { name: 'org.apache.logging.log4j:log4j-core', version: '2.24.3' }],
    ['flink-scala_2.12-1.20.5.jar', { name: 'org.apache.flink:flink-scala_2.12', version: '1.20.5' }],
    ['other-1.0.jar', undefined],
  ])('has %s of Flink as %j', (file, expected) => expect(jarPackage(file)).toEqual(expected));
});

describe('advisories', () => {
  let server: Server;
  let answer: (url: string, body: string) => [status: number, body: unknown];
  let service: string;
  const requests: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        requests.push(request.url ?? '');
        const [status, content] = answer(request.url ?? '', body);
        response.writeHead(status).end(typeof content === 'string' ? content : JSON.stringify(content));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => requests.splice(0));
  afterAll(() => server.close());

  /** Answers as OSV does. */
  const withAdvisories = (byName: Record<string, string[]>, details: Record<string, object>) => {
    answer = (url, body) => {
      if (url === '/v1/querybatch') {
        const { queries } = JSON.parse(body) as { queries: { package: { name: string } }[] };
        const results = queries.map(({ package: { name } }) => {
          const ids = byName[name];
          return ids === undefined ? {} : { vulns: ids.map((id) => ({ id })) };
        });
        return [200, { results }];
      }
      const id = decodeURIComponent(url.split('/').at(-1) ?? '');
      return [200, { id, ...details[id] }];
    };
  };

  it('have their severity, and belong to the package that has them', async () => {
    withAdvisories({ b: ['GHSA-1'] }, { 'GHSA-1': { summary: 'bad', database_specific: { severity: 'HIGH' } } });
    expect(await advisories([pinned('a'), pinned('b')], service)).toEqual([
      { id: 'GHSA-1', aliases: [], summary: 'bad', severity: 'HIGH', package: pinned('b') },
    ]);
  });

  it('are requested in batches, and each answer is matched to its query', async () => {
    withAdvisories({ p700: ['GHSA-1'] }, { 'GHSA-1': {} });
    const packages = Array.from({ length: 1_201 }, (_, at) => pinned(`p${at}`));
    const found = await advisories(packages, service);
    expect(found.map((one) => [one.package.name, one.severity])).toEqual([['p700', 'UNKNOWN']]);
    expect(requests.filter((url) => url === '/v1/querybatch')).toHaveLength(3);
  });

  it('leave out withdrawn ones, and one without severity whose alias has one', async () => {
    withAdvisories(
      { a: ['GHSA-1', 'GHSA-2', 'PYSEC-1', 'PYSEC-2'] },
      {
        'GHSA-1': { withdrawn: '2026-01-01T00:00:00Z' },
        'GHSA-2': { aliases: ['CVE-1'], database_specific: { severity: 'LOW' } },
        'PYSEC-1': { aliases: ['CVE-1'] },
        'PYSEC-2': { aliases: ['CVE-2'] },
      },
    );
    const found = await advisories([pinned('a')], service);
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['GHSA-2 LOW', 'PYSEC-2 UNKNOWN']);
  });

  it.each<[string, () => [number, unknown]]>([
    ['refuses', () => [405, 'no']],
    ['answers something else', () => [200, { message: 'hello' }]],
    ['answers fewer queries', () => [200, { results: [] }]],
    ['answers no JSON', () => [200, '<html>']],
    ['does not end its answer', () => [200, { results: [{ next_page_token: 'x' }] }]],
  ])('fails, also without --require, when the service %s', async (_, given) => {
    answer = given;
    await expect(advisories([pinned('a')], service)).rejects.toThrow(UnexpectedAnswerError);
    await expect(audit([pinned('a')], { service, require: false })).rejects.toThrow('is not understood');
  });

  it('have the further pages of a package', async () => {
    answer = (url, body) => {
      if (url !== '/v1/querybatch') return [200, {}];
      const { queries } = JSON.parse(body) as { queries: { package: { name: string }; page_token?: string }[] };
      return [
        200,
        {
          results: queries.map(({ package: { name }, page_token: token }) =>
            name === 'b' && token === undefined
              ? { vulns: [{ id: 'GHSA-1' }], next_page_token: 'second' }
              : { vulns: [{ id: `GHSA-${name}-${token ?? 'first'}` }] },
          ),
        },
      ];
    };
    const found = await advisories([pinned('a'), pinned('b')], service);
    expect(found.map((one) => `${one.package.name} ${one.id}`)).toEqual([
      'a GHSA-a-first',
      'b GHSA-1',
      'b GHSA-b-second',
    ]);
  });

  it('are kept when the details have another id than was requested', async () => {
    withAdvisories({ a: ['GHSA-1'] }, { 'GHSA-1': { id: 'CVE-1', database_specific: { severity: 'HIGH' } } });
    expect(await advisories([pinned('a')], service)).toMatchObject([{ id: 'GHSA-1', severity: 'HIGH' }]);
  });

  describe.each([429, 503])('when the service answers %s', (status) => {
    it('are skipped with the reason, but not with --require', async () => {
      answer = () => [status, 'later'];
      const log = jest.spyOn(console, 'log').mockImplementation();
      await audit([pinned('a')], { service, require: false });
      expect(log.mock.calls.flat().join('\n')).toMatch(
        new RegExp(`skipped: the advisory service cannot be reached: .*HTTP ${status}`),
      );
      await expect(audit([pinned('a')], { service, require: true })).rejects.toThrow('could not be looked up');
      log.mockRestore();
    }, 60_000);
  });

  it('fails when the service cannot be reached', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    other.close();
    await once(other, 'close');
    await expect(advisories([pinned('a')], `http://127.0.0.1:${port}`)).rejects.toThrow(
      expect.objectContaining({
        constructor: ServiceUnavailableError,
        message: expect.stringContaining('ECONNREFUSED'),
      }),
    );
  });
});

describe('assessAdvisories', () => {
  const advisory = (severity: Advisory['severity'], id = 'GHSA-1'): Advisory => ({
    id,
    aliases: ['CVE-1'],
    summary: 'bad',
    severity,
    package: pinned('a'),
  });
  const exception = (change: Partial<Exception> = {}): Exception => ({
    id: 'CVE-1',
    package: 'a',
    reason: 'not reachable in this project',
    expires: '2027-01-01',
    ...change,
  });

  it.each(['HIGH', 'CRITICAL', 'UNKNOWN'] as const)('fails on one that is %s', (severity) => {
    const { problems } = assessAdvisories([advisory(severity)], [], '2026-11-28');
    expect(problems).toEqual([`${severity} GHSA-1 CVE-1 a 1.0.0 in a test: bad`]);
  });

  it('lists a less severe one without failing', () => {
    const { problems, minor } = assessAdvisories([advisory('MODERATE')], [], '2026-11-28');
    expect([problems.length, minor.length]).toEqual([0, 1]);
  });

  it('accepts one with an exception, by its id or an alias, until the exception expires', () => {
    expect(assessAdvisories([advisory('HIGH')], [exception()], '2027-01-01').accepted).toHaveLength(1);
    expect(assessAdvisories([advisory('HIGH')], [exception({ id: 'GHSA-1' })], '2026-11-28').accepted).toHaveLength(1);
    expect(assessAdvisories([advisory('HIGH')], [exception()], '2027-01-02').problems[0]).toContain(
      'ended on 2027-01-01',
    );
  });

  it('does not apply the exception of another package or advisory, and lists unused exceptions', () => {
    const others = [exception({ package: 'b' }), exception({ id: 'CVE-2' })];
    const { problems, unused } = assessAdvisories([advisory('HIGH')], others, '2026-11-28');
    expect(problems).toHaveLength(1);
    expect(unused).toEqual(['CVE-1 of b', 'CVE-2 of a']);
  });

  it('has exceptions that are well-formed', () => expect(() => exceptionsSchema.parse(known)).not.toThrow());
});
