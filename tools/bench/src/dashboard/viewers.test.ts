import { once } from 'node:events';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askedBetween, readUnits, startCountingProxy } from './counting-proxy';
import { openViewers, viewerQueries } from './viewers';

const RETRY = 'retry: 2000\n\n';

let server: Server;
const pages: ServerResponse[] = [];
const asked: string[] = [];
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url?.startsWith('/events') === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(RETRY);
      pages.push(response);
    } else request.pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  pages.length = 0;
  asked.length = 0;
});

/** Waits until the condition is true; the connections need some turns of the event loop. */
async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('openViewers', () => {
  it('counts complete messages, even if they arrive in pieces', async () => {
    const viewers = await openViewers(url, ['', '?campaign=a']);
    expect(asked).toEqual(['GET /events', 'GET /events?campaign=a']);
    const send = async (page: number, text: string) => {
      const bytes = viewers.received.bytes + text.length;
      pages[page]?.write(text);
      await until(() => viewers.received.bytes === bytes);
    };
    await until(() => viewers.received.bytes === 2 * RETRY.length);
    await send(0, 'id: 1\nevent: snapshot\nda');
    await send(0, 'ta: {"a":1}\n');
    expect(viewers.received.messages).toBe(0);
    await send(0, '\nid: 2\nevent: delta\ndata: {}\n\n');
    await send(1, 'id: 1\nevent: snapshot\ndata: {}\n\n');
    expect(viewers.received.messages).toBe(3);
    await viewers.close();
  });

  it('fails if the server ends a stream', async () => {
    const viewers = await openViewers(url, ['']);
    pages[0]?.end();
    await expect(viewers.failed).rejects.toThrow('ended the stream');
    await viewers.close();
  });
});

describe('viewerQueries', () => {
  it('gives each page its campaign, or none', () => {
    expect(viewerQueries(2, false)).toEqual(['', '']);
    expect(viewerQueries(2, true)).toEqual(['?campaign=campaign-01', '?campaign=campaign-02']);
  });
});

describe('startCountingProxy', () => {
  it('forwards everything, and counts the requests to DynamoDB', async () => {
    const proxy = await startCountingProxy(url);
    const send = async (target: string, body: string) =>
      (await fetch(`${proxy.endpoint}/a?b=c`, { method: 'POST', headers: { 'x-amz-target': target }, body })).text();
    const before = proxy.asked();
    expect(await send('DynamoDB_20120810.Query', 'x'.repeat(5_000))).toHaveLength(5_000);
    expect(await send('Kinesis_20131202.PutRecords', 'other')).toBe('other');
    expect(asked).toEqual(['POST /a?b=c', 'POST /a?b=c']);
    expect(askedBetween(before, proxy.asked())).toEqual({ requests: 1, bytes: 5_000, readUnits: 1 });
    await proxy.close();
  });

  it.each([
    [1, 0.5],
    [4_096, 0.5],
    [4_097, 1],
  ])('%d bytes are %d read units', (bytes, units) => expect(readUnits(bytes)).toBe(units));
});
