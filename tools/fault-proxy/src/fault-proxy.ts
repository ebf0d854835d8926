import { Agent, type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';
import { type AwsRequest, awsRequest, sdkOf } from './aws-request';
import { FaultChooser, type FaultPlan } from './choose-fault';
import { type Answer, expiredIteratorAnswer, serverErrorAnswer, throttledAnswer, withBody } from './error-answers';
import type { FaultKind } from './fault-kinds';
import { FaultTally } from './fault-tally';
import { splitWrite } from './partial-writes';

/** Longer than any client keeps a connection: the server must not close one that is about to be used. */
const KEEP_ALIVE_MS = 120_000;
/** Headers of one connection. */
const OF_THE_CONNECTION = ['connection', 'transfer-encoding', 'keep-alive'];

/** A proxy in front of a local AWS that makes requests fail as planned. */
export interface FaultProxy extends LoopbackServer {
  /** Counts of the faults so far. */
  readonly tally: FaultTally;
  /** Starts to inject faults. The plan replaces an earlier one. */
  inject(plan: FaultPlan): void;
  /** Lets all requests through again. */
  calm(): void;
}

interface FullAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Headers that the next connection must not have. */
function passedOn(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** Status codes of responses that have no body. Source: RFC 9110, sections 15.3.5 and 15.4.5. */
const WITHOUT_BODY = [204, 304];

function send(response: ServerResponse, { status, headers, body }: Answer | FullAnswer): void {
  // The response to a HEAD states the length of a body that it does not have.
  const hasBody = response.req.method !== 'HEAD' && !WITHOUT_BODY.includes(status);
  const length = hasBody ? { 'content-length': Buffer.byteLength(body) } : {};
  response.writeHead(status, { ...headers, ...length }).end(body);
}

/**
 * @param target URL of the local AWS
 * @param now clock, milliseconds
 * @returns a running proxy that forwards everything until `inject` is called
 */
export async function startFaultProxy(target: string, now: () => number = Date.now): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const tally = new FaultTally();
  let faults: { readonly chooser: FaultChooser; readonly since: number } | undefined;

  /** Forwards a request. Aborts it when the client disconnects. */
  const forward = (incoming: IncomingMessage, response: ServerResponse, body: Buffer) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { ...passedOn(incoming.headers), 'content-length': body.length };
      const onward = request({ agent, hostname, port, method: incoming.method, path: incoming.url, headers });
      onward.on('error', reject).on('response', resolve).end(body);
      response.once('close', () => response.writableFinished || onward.destroy());
    });
  const whole = async (...sent: Parameters<typeof forward>): Promise<FullAnswer> => {
    const answer = await forward(...sent);
    return { status: answer.statusCode ?? 500, headers: passedOn(answer.headers), body: await bodyOf(answer) };
  };

  const partly = async (
    asked: AwsRequest,
    chooser: FaultChooser,
    incoming: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ) => {
    const split = splitWrite(asked.operation, body, (count) => chooser.refused(count));
    const answer =
      split.forwarded === undefined
        ? { status: 200, headers: { 'content-type': String(incoming.headers['content-type']) }, body: '{}' }
        : await whole(incoming, response, Buffer.from(JSON.stringify(split.forwarded)));
    // If the service rejects the whole request, its response is returned unchanged.
    if (answer.status !== 200) return send(response, answer);
    tally.addRefused(split.refused);
    tally.addFault(asked, 'partial', sdkOf(incoming));
    send(response, withBody(answer, split.merged(JSON.parse(answer.body.toString()))));
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(incoming);
    const asked = awsRequest(incoming);
    const { chooser, since = 0 } = faults ?? {};
    const kind = chooser?.next(asked, now() - since);
    tally.addRequest();
    const { service } = asked;
    if (chooser === undefined || kind === undefined || service === undefined) {
      const answer = await forward(incoming, response, body);
      response.writeHead(answer.statusCode ?? 500, passedOn(answer.headers));
      answer.on('error', () => response.destroy()).pipe(response);
      return;
    }
    const happens = (what: FaultKind = kind) => tally.addFault(asked, what, sdkOf(incoming));
    switch (kind) {
      case 'throttled':
        happens();
        return send(response, throttledAnswer({ ...asked, service }, chooser.either()));
      case 'expiredIterator':
        happens();
        return send(response, expiredIteratorAnswer());
      case 'serverError':
        happens();
        return send(response, serverErrorAnswer(service, chooser.either()));
      case 'partial':
        return partly(asked, chooser, incoming, response, body);
      case 'reset':
        happens();
        incoming.socket.resetAndDestroy();
        return;
      case 'unanswered':
        await whole(incoming, response, body);
        happens();
        incoming.socket.resetAndDestroy();
        return;
      case 'truncated': {
        const answer = await whole(incoming, response, body);
        if (answer.body.length === 0) {
          // Without a body, the headers are a whole answer: the connection breaks before them.
          happens('unanswered');
          incoming.socket.resetAndDestroy();
          return;
        }
        happens();
        response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
        response.write(half, () => incoming.socket.destroy());
        return;
      }
      case 'slow': {
        const answer = await whole(incoming, response, body);
        happens();
        const gone = new AbortController();
        response.once('close', () => gone.abort());
        await sleep(chooser.delayMs(), undefined, { signal: gone.signal });
        send(response, answer);
      }
    }
  };
  const server = createServer((incoming, response) => {
    // A client that is gone, or a local AWS that does not respond: the connection breaks, as it would without the
    // proxy.
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  const listening = await listenOnLoopback(server);
  return {
    endpoint: listening.endpoint,
    tally,
    inject: (plan) => (faults = { chooser: new FaultChooser(plan), since: now() }),
    calm: () => (faults = undefined),
    close: async () => {
      await listening.close();
      agent.destroy();
    },
  };
}
