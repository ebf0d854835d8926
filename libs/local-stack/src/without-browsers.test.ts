import { request } from 'node:http';

const AWS = process.env['TEST_AWS_ENDPOINT'];
if (AWS === undefined) console.warn('SKIPPED: browsers are not tried; the local AWS is missing: run npm run setup.');
const withAws = AWS === undefined ? describe.skip : describe;

/** fetch changes these headers, so this uses http directly. */
function ask(method: string, path: string, headers: Record<string, string>): Promise<[number, string | undefined]> {
  return new Promise((resolve, reject) => {
    const body = method === 'POST' ? '{}' : '';
    const length = { 'content-length': String(body.length) };
    request(`${AWS}${path}`, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve([response.statusCode ?? 0, response.headers['access-control-allow-origin'] as string | undefined]),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
const KINESIS = { 'x-amz-target': 'Kinesis_20131202.ListStreams', 'content-type': 'application/x-amz-json-1.1' };

withAws('the local AWS', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a file', { origin: 'null' }],
    ['another site whose name resolves to this machine', { 'Sec-Fetch-Site': 'same-origin' }],
  ])('refuses a page of %s', async (_, headers) => {
    expect(await ask('GET', '/_ministack/health', headers)).toEqual([403, undefined]);
    expect(await ask('POST', '/', { ...KINESIS, ...headers })).toEqual([403, undefined]);
    expect(await ask('OPTIONS', '/', headers)).toEqual([403, undefined]);
  });

  it('serves programs', async () => {
    expect((await ask('GET', '/_ministack/health', {}))[0]).toBe(200);
    expect((await ask('POST', '/', KINESIS))[0]).toBe(200);
  });
});
