import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { METHODS } from 'node:http';
import path from 'node:path';
import { RawConnection, type RawAnswer } from '../../test/raw-connection';
import { PAGE, startTestDashboard, type TestDashboard } from '../../test/test-dashboard';
import { isOwnOrigin, SECURITY_HEADERS } from './security-headers';

/** Limits that are short enough for a test. */
const SHORT_LIMITS = { headersMs: 300, requestMs: 300, checkMs: 50, headerBytes: 16 * 1024, connections: 200 };
const MAX_STREAMS = 50;

let dashboard: TestDashboard;
let host: string;
beforeAll(async () => {
  dashboard = await startTestDashboard();
  host = new URL(dashboard.url).host;
});
afterAll(() => dashboard.close());

/** Sends bytes and ends, and waits until the server has closed the connection. */
async function exchange(bytes: string | Uint8Array): Promise<RawAnswer> {
  const connection = await RawConnection.open(dashboard.url);
  connection.socket.end(bytes);
  return connection.ended();
}

const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n');

/** The server still serves its page. It may not have noticed yet that many connections were closed. */
async function expectToServe(): Promise<void> {
  let answer = await exchange(get('/'));
  for (let attempt = 0; attempt < 100 && answer.statuses.length === 0; attempt += 1) answer = await exchange(get('/'));
  expect(answer.statuses).toEqual([200]);
}

/** The contents of all files that the server may serve, by content type. Not from the server's own list, which is under test. */
const servedFiles = (): ReadonlyMap<string, string> =>
  new Map(
    [
      ['text/html; charset=utf-8', 'index.html'],
      ['text/javascript; charset=utf-8', 'app.js'],
      ['text/css; charset=utf-8', 'app.css'],
      ['image/svg+xml', 'favicon.svg'],
    ].map(([type = '', file = '']) => [type, readFileSync(path.join(PAGE, file), 'latin1')]),
  );
const inOneChunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
/** The bodies of all refusals of a path. Node itself sends the empty one. */
const REFUSALS = ['', ...['No such page.\n', 'The path of the request is invalid.\n'].map(inOneChunk)];

describe('paths', () => {
  const piece = fc.constantFrom(
    '/',
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '\x00',
    '%c0%af',
    '%252e',
    '\t',
    '?',
    '#',
    '%',
    ';',
    ':',
    '@',
    '*',
    'app.js',
    'events',
    'x',
  );
  const target = fc
    .tuple(fc.constantFrom('/', '//', 'http://evil.example/', 'file:///', '*', 'x'), fc.array(piece, { maxLength: 8 }))
    .map(([start, pieces]) => start + pieces.join(''));

  it('lead to the files of the page, to an event stream, or to a refusal, and to nothing else', async () => {
    const files = servedFiles();
    const served = new Set<string>();
    await fc.assert(
      fc.asyncProperty(target, async (asked) => {
        const connection = await RawConnection.open(dashboard.url);
        connection.send(get(asked));
        const isStream = /content-type: text\/event-stream/i.test((await connection.headersReceived()).text);
        // An event stream does not end.
        if (!isStream) await connection.ended();
        const { statuses, text } = connection.answer;
        await connection.close();
        const end = text.indexOf('\r\n\r\n');
        const body = text.slice(end + 4);
        const [, type = ''] = /^content-type: (.*)\r$/im.exec(text.slice(0, end + 1)) ?? [];
        expect([200, 400, 404]).toContain(statuses[0]);
        if (isStream) expect(asked).toContain('events');
        else if (statuses[0] === 200)
          expect(body === files.get(type) ? 'a file of the page' : body.slice(0, 200)).toBe('a file of the page');
        else expect(REFUSALS).toContain(body);
        if (statuses[0] === 200) served.add(type);
      }),
      {
        numRuns: 60,
        examples: [['/'], ['/app.js'], ['/x/../app.css'], ['//../favicon.svg'], ['/events'], ['/../x']],
      },
    );
    // Each kind of answer was among them.
    expect([...served].sort()).toEqual([...files.keys(), 'text/event-stream; charset=utf-8'].sort());
    await expectToServe();
  });

  it('and queries of any form get a filter or a refusal', async () => {
    // Unpaired surrogates and control characters are among them.
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const value = fc.oneof(
      fc.string({ unit, maxLength: 300 }),
      fc.constantFrom('__proto__', 'constructor', 'toString', '5', '15', '60', '-0', '1e1', '٥', ''),
    );
    await fc.assert(
      fc.asyncProperty(value, value, async (minutes, campaign) => {
        const query = new URLSearchParams({ minutes, campaign });
        const connection = await RawConnection.open(dashboard.url);
        connection.send(get(`/events?${query}`));
        const { statuses } = await connection.answered();
        await connection.close();
        expect([200, 400]).toContain(statuses[0]);
      }),
      {
        numRuns: 60,
        examples: [
          ['5', '__proto__'],
          ['15', 'constructor'],
          ['60', '\ud800'],
        ],
      },
    );
    await expectToServe();
  });
});

describe('requests that are not requests', () => {
  it('are refused, and the server continues', async () => {
    const line = fc.constantFrom(
      'GET / HTTP/1.1',
      'GET',
      'POST / HTTP/1.1',
      'GET / HTTP/9.9',
      'PRI * HTTP/2.0',
      '\x16\x03\x01',
      'CONNECT x:1 HTTP/1.1',
    );
    const header = fc.oneof(
      fc.constantFrom(
        `Host: ${'x'}`,
        'Content-Length: -1',
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: chunked, identity',
        'Expect: 100-continue',
        'Expect: x',
        'Upgrade: websocket',
        'Connection: upgrade',
        'Host: a\r\nHost: b',
        ': x',
        'a b: c',
        'x:\x00',
      ),
      fc.string({ maxLength: 40 }),
    );
    const ending = fc.constantFrom('\r\n\r\n', '\n\n', '\r\r', '', '\r\n\r\nFFFFFFFFFFFFFFFF\r\n', '\r\n\r\n0;\n\n');
    await fc.assert(
      fc.asyncProperty(line, fc.array(header, { maxLength: 5 }), ending, async (first, headers, end) => {
        const { statuses } = await exchange([first, ...headers].join('\r\n') + end);
        // No Host header of this server is among them.
        expect(statuses.filter((status) => status >= 200 && status < 400)).toEqual([]);
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await exchange(bytes)).statuses.filter((status) => status < 400)).toEqual([]);
      }),
      { numRuns: 40 },
    );
    await expectToServe();
  });

  it.each([
    ['one huge header', `Cookie: ${'x'.repeat(64 * 1024)}`],
    ['many headers', Array.from({ length: 5_000 }, (_, at) => `X-${at}: y`).join('\r\n')],
  ])('with %s are refused before they are read to their end', async (_, header) => {
    expect((await exchange(get('/', header))).statuses).toEqual([431]);
    await expectToServe();
  });

  it.each(METHODS.filter((method) => method !== 'GET'))('with the method %s are refused', async (method) => {
    const { statuses } = await exchange(`${method} / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    // Node closes the connection of a CONNECT without a response.
    expect(statuses).toEqual(method === 'CONNECT' ? [] : [405]);
  });

  it('with a huge path are refused', async () => {
    expect((await exchange(get(`/${'x'.repeat(64 * 1024)}`))).statuses).toEqual([431]);
  });

  it('get all security headers in every response of the server', async () => {
    for (const request of [
      get('/x'),
      get('/events?minutes=7'),
      `POST / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      get('/', 'Host: x'),
    ]) {
      const { text } = await exchange(request);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(text).toContain(`${name}: ${value}`);
    }
  });
});

describe('slow clients', () => {
  let slow: TestDashboard;
  let ownHost: string;
  beforeAll(async () => {
    slow = await startTestDashboard({}, 0, SHORT_LIMITS);
    ownHost = new URL(slow.url).host;
  });
  afterAll(() => slow.close());

  /** Sends bytes and waits, as if more were to come, until the server closes the connection. */
  const sendAndWait = async (bytes: string) => {
    const connection = await RawConnection.open(slow.url);
    connection.send(bytes);
    return (await connection.ended()).statuses;
  };

  it('that send nothing, a part of the headers, or an endless body are cut off', async () => {
    expect(await sendAndWait('')).toEqual([408]);
    expect(await sendAndWait('GET / HT')).toEqual([408]);
    expect(await sendAndWait(`GET / HTTP/1.1\r\nHost: ${ownHost}\r\n`)).toEqual([408]);
    const endless = `POST / HTTP/1.1\r\nHost: ${ownHost}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect((await sendAndWait(endless))[0]).toBe(405);
  });

  it('that send a header byte by byte are cut off', async () => {
    const connection = await RawConnection.open(slow.url);
    connection.send(`GET / HTTP/1.1\r\nHost: ${ownHost}\r\nX: `);
    const drip = setInterval(() => connection.send('x'), 20);
    const { statuses } = await connection.ended();
    clearInterval(drip);
    expect(statuses).toEqual([408]);
  });

  it('that send a body byte by byte are cut off, even after the response', async () => {
    const connection = await RawConnection.open(slow.url);
    connection.send(`GET / HTTP/1.1\r\nHost: ${ownHost}\r\nContent-Length: 1000000\r\n\r\n`);
    const drip = setInterval(() => connection.send('x'), 20);
    const { statuses } = await connection.ended();
    clearInterval(drip);
    expect(statuses[0]).toBe(200);
  });

  it('do not include a page: its event stream outlives the limits of requests', async () => {
    const connection = await RawConnection.open(slow.url);
    connection.send(`GET /events HTTP/1.1\r\nHost: ${ownHost}\r\n\r\n`);
    await connection.answered();
    // A request that begins later and does not end is cut off meanwhile, because the limits have passed.
    await sendAndWait('GET / HT');
    await sendAndWait('GET / HT');
    expect(connection.socket.closed).toBe(false);
    await connection.close();
  });
});

describe('thousands of connections', () => {
  /**
   * The server notices the end of a connection slightly later than the client. If it has stopped reading, because more
   * requests wait, it notices when it sends the next message.
   */
  async function expectNoStreams(): Promise<void> {
    for (let attempt = 0; attempt < 100 && dashboard.streams() > 0; attempt += 1) {
      await dashboard.poll();
      await expectToServe();
    }
    expect(dashboard.streams()).toBe(0);
  }

  it('hold at most the allowed number of streams, and none after they are closed', async () => {
    const connections = await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        const connection = await RawConnection.open(dashboard.url);
        connection.send(`GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        return connection;
      }),
    );
    const answers = await Promise.all(connections.map((connection) => connection.answered()));
    const streams = answers.filter(({ statuses }) => statuses[0] === 200);
    expect(streams.length).toBeLessThanOrEqual(MAX_STREAMS);
    expect(streams.length).toBeGreaterThan(0);
    // A refused client gets 503, or a closed connection.
    expect(answers.flatMap(({ statuses }) => statuses).filter((status) => ![200, 503].includes(status))).toEqual([]);
    expect(dashboard.streams()).toBe(streams.length);
    // Other clients get the page meanwhile: a refused client does not keep its connection.
    await expectToServe();
    expect(dashboard.streams()).toBe(streams.length);
    await Promise.all(connections.map((connection) => connection.close()));
    await expectNoStreams();
  });

  it('hold at most the allowed number of streams over one connection', async () => {
    const connection = await RawConnection.open(dashboard.url);
    connection.send(`GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(1_000));
    await connection.answered();
    await expectToServe();
    expect(dashboard.streams()).toBe(1);
    await connection.close();
    await expectNoStreams();
  });
});

describe('the page of another server', () => {
  const ask = async (...headers: string[]) => {
    const connection = await RawConnection.open(dashboard.url);
    connection.send(get('/events', ...headers));
    const { statuses } = await connection.answered();
    await connection.close();
    return statuses[0];
  };

  it.each([
    ['Origin: http://evil.example'],
    ['Origin: null'],
    ['Origin: https://127.0.0.1'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
  ])('gets no event stream with %s', async (header) => expect(await ask(header)).toBe(403));

  it('differs from this server by its port', async () => {
    expect(await ask(`Origin: http://${host}`)).toBe(200);
    expect(isOwnOrigin('http://127.0.0.1:81', 80)).toBe(false);
    expect(isOwnOrigin('http://localhost', 80)).toBe(true);
  });
});

describe('a failure of the server itself', () => {
  it('affects one response, and the others are served', async () => {
    const failing = await startTestDashboard({}, 0, undefined, () => {
      throw new Error('a defect');
    });
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    expect((await fetch(`${failing.url}events`)).status).toBe(500);
    expect((await fetch(failing.url)).status).toBe(200);
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
    await failing.close();
  });
});
