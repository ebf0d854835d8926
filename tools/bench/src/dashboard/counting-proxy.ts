import { type Server, createServer, request } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';

/** DynamoDB reads in units of this size (Developer Guide, "Read and write operations"). */
const READ_UNIT_BYTES = 4_096;
/** An eventually consistent read of one unit's size. */
const UNIT_OF_A_READ = 0.5;

/** The DynamoDB requests of a program so far. */
export interface Asked {
  readonly requests: number;
  /** Bytes of the answers. */
  readonly bytes: number;
  /** Read request units, from the sizes of the answers. */
  readonly readUnits: number;
}

/** @param bytes of the answer to one query @returns read request units that it takes, if it is eventually consistent */
export function readUnits(bytes: number): number {
  return Math.ceil(bytes / READ_UNIT_BYTES) * UNIT_OF_A_READ;
}

/** @returns the requests between two samples */
export function askedBetween(from: Asked, to: Asked): Asked {
  return {
    requests: to.requests - from.requests,
    bytes: to.bytes - from.bytes,
    readUnits: to.readUnits - from.readUnits,
  };
}

/** A proxy in front of a local AWS that counts the requests to DynamoDB. */
export interface CountingProxy extends LoopbackServer {
  /** @returns counts so far */
  asked(): Asked;
}

/** @param target URL of the local AWS @returns a running proxy */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  let asked: Asked = { requests: 0, bytes: 0, readUnits: 0 };
  const server: Server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const isDynamoDb = String(headers['x-amz-target']).startsWith('DynamoDB_');
    const onward = request({ hostname, port, method, path, headers }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => {
        if (!isDynamoDb) return;
        const { requests, bytes: before, readUnits: units } = asked;
        asked = { requests: requests + 1, bytes: before + bytes, readUnits: units + readUnits(bytes) };
      });
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  return { ...(await listenOnLoopback(server)), asked: () => asked };
}
