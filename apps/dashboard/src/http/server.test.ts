import { MAX_ID_LENGTH } from '@ad-analytics/event-schemas';
import { request, type IncomingHttpHeaders } from 'node:http';
import { trafficOf } from '../../test/sample-results';
import { startTestDashboard, type TestDashboard } from '../../test/test-dashboard';
import type { ViewMessage } from '../view/view';
import { isOwnHost } from './security-headers';
import { MAX_CAMPAIGN_LENGTH } from './view-filter';

let dashboard: TestDashboard;
beforeAll(async () => (dashboard = await startTestDashboard()));
afterAll(() => dashboard.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** @returns the whole response; fetch cannot send a custom Host header */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(dashboard.url);
    request({ hostname, port, path, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Reads the event stream until it has this many messages. */
async function events(query: string, count: number, between: () => Promise<void>) {
  const response = await fetch(`${dashboard.url}events${query}`);
  const reader = response.body!.getReader();
  const messages: { id: string; event: string; data: ViewMessage }[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended after ${messages.length} messages.`);
    text += decoder.decode(value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields['data'] === undefined) continue;
      messages.push({ id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']) as ViewMessage });
      if (messages.length === count) {
        await reader.cancel();
        return { messages, headers: response.headers };
      }
      await between();
    }
  }
}

describe('the server', () => {
  it.each(['/', '/app.js', '/app.css', '/favicon.svg', '/nothing'])(
    'sends %s with the security headers',
    async (path) => {
      const { status, headers } = await ask(path);
      expect(status).toBe(path === '/nothing' ? 404 : 200);
      const policy = headers['content-security-policy'] as string;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe|data:|\*|https?:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('has no inline script or style for the policy to forbid', async () => {
    const { body } = await ask('/');
    expect(body).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1:1', 'localhost', '[::1]'])(
    'refuses the host %p, as after DNS rebinding',
    async (host) => expect((await ask('/', { headers: { host } })).status).not.toBe(200),
  );

  it('accepts only its own names', () => {
    expect(['127.0.0.1:81', 'LOCALHOST:81'].map((host) => isOwnHost(host, 81))).toEqual([true, true]);
    expect(isOwnHost('localhost', 80)).toBe(true);
    expect([undefined, '', '127.0.0.1:81:81', '127.0.0.1:82', 'a:81'].some((host) => isOwnHost(host, 81))).toBe(false);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('refuses %s', async (method) => {
    const { status, headers } = await ask('/', { method });
    expect([status, headers.allow]).toEqual([405, 'GET']);
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/app.js/../../main.ts', '//evil.example/x', '/app.js.map'])(
    'serves nothing else at %s',
    async (path) => expect((await ask(path)).status).toBe(404),
  );

  it('does not let other sites hold event streams open', async () => {
    expect((await ask('/events', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it.each(['?minutes=7', '?minutes=x', `?campaign=${'x'.repeat(MAX_CAMPAIGN_LENGTH + 1)}`])(
    'refuses the filter %s',
    async (query) => expect((await ask(`/events${query}`)).status).toBe(400),
  );

  it('accepts every campaign id that the contract allows', () => expect(MAX_CAMPAIGN_LENGTH).toBe(2 * MAX_ID_LENGTH));
});

describe('the event stream', () => {
  it('first sends everything, then the changes, with increasing ids', async () => {
    const start = Math.floor(Date.now() / 10_000) * 10_000 - 20_000;
    const hostile = 'a\n\nevent: snapshot\ndata: {}';
    let put = 0;
    const { messages, headers } = await events('?minutes=5', 4, async () => {
      put += 1;
      if (put === 2) dashboard.results.put(trafficOf(start, 'campaign', hostile, { impressions: 7, clicks: 1 }));
      await dashboard.poll();
    });
    expect(headers.get('content-type')).toMatch('text/event-stream');
    const [first, second, third] = messages;
    expect(messages.map(({ event }) => event)).toEqual(['snapshot', 'delta', 'delta', 'delta']);
    expect(first!.data).toHaveProperty('rankings');
    expect(second!.data.status).toBeDefined();
    expect(second!.data.rankings).toBeUndefined();
    expect(third!.data.totals?.impressions).toBe(7);
    expect(third!.data.campaigns).toEqual([hostile]);
    const versions = messages.map(({ id }) => Number(id.split('-')[1]));
    expect([...versions].sort((a, b) => a - b)).toEqual(versions);
    expect(new Set(versions).size).toBe(versions.length);
  });
});
