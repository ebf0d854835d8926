import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { FlinkRest } from './flink-rest';
import { FlinkJob } from './job';

/** Flink's responses by path; a function is called for each request. */
type Answers = Record<string, unknown | (() => unknown)>;

let server: Server;
let answers: Answers;
let job: FlinkJob;
const posted: string[] = [];
const bodies: unknown[] = [];
let patched = 0;

beforeEach(async () => {
  posted.length = 0;
  bodies.length = 0;
  patched = 0;
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (request.method === 'PATCH') {
      patched += 1;
      response.end('{}');
      return;
    }
    if (request.method === 'POST') {
      posted.push(path);
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString())).on('end', () => bodies.push(JSON.parse(text)));
    }
    const answer = answers[path];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(typeof answer === 'function' ? answer() : (answer ?? { errors: ['not found'] })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rest = new FlinkRest(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  job = new FlinkJob(rest, 'j1', '/logs');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const details = (state: string, ...tasks: string[]) => ({
  state,
  vertices: tasks.map((status, i) => ({ id: `v${i}`, name: `v${i}`, parallelism: 1, status })),
});
const failure = (timestamp: number, stacktrace: string) => ({ exceptionName: 'x.Y', stacktrace, timestamp });
const exceptions = (...entries: object[]) => ({ exceptionHistory: { entries } });

/** Returns the values one after the other, then repeats the last one. */
function sequence(...values: unknown[]): () => unknown {
  return () => (values.length > 1 ? values.shift() : values[0]);
}

describe('a job', () => {
  it('is running once all its tasks are', async () => {
    answers = {
      '/jobs/j1': sequence(
        details('CREATED'),
        details('RUNNING', 'DEPLOYING', 'RUNNING'),
        details('RUNNING', 'RUNNING'),
      ),
    };
    await expect(job.running()).resolves.toBeUndefined();
  });

  it('has the time of its latest restart', async () => {
    answers = { '/jobs/j1': { ...details('RUNNING'), timestamps: { RUNNING: 3, RESTARTING: 2 } } };
    await expect(job.rest.latestRestart('j1')).resolves.toBe(2);
  });

  it('names the root cause when it fails at the start', async () => {
    answers = {
      '/jobs/j1': details('FAILED'),
      '/jobs/j1/exceptions': exceptions(failure(1, 'x.Y: outer\nCaused by: x.Z: no such stream')),
    };
    await expect(job.running()).rejects.toThrow(JobFailedError);
    await expect(job.running()).rejects.toThrow(/no such stream[\s\S]*\/logs/);
  });

  it('reports each recovered failure once while it is watched', async () => {
    answers = {
      '/jobs/j1': sequence(details('RUNNING'), details('RESTARTING'), details('RUNNING'), details('FINISHED')),
      '/jobs/j1/exceptions': sequence(
        exceptions(),
        exceptions(failure(1, 'x.Y: first')),
        exceptions(failure(2, 'x.Y: second'), failure(1, 'x.Y: first')),
      ),
    };
    const told: string[] = [];
    await job.watch((cause) => told.push(cause), new AbortController().signal);
    expect(told).toEqual(['x.Y: first', 'x.Y: second']);
  });

  it('is drained when the savepoint exists and the job has finished', async () => {
    answers = {
      '/jobs/j1/stop': { 'request-id': 'r1' },
      '/jobs/j1/savepoints/r1': sequence(
        { status: { id: 'IN_PROGRESS' } },
        { status: { id: 'COMPLETED' }, operation: { location: 'file:///s' } },
      ),
      '/jobs/j1': sequence(details('RUNNING'), details('RUNNING'), details('FINISHED')),
    };
    await expect(job.drain()).resolves.toBeUndefined();
    expect(posted).toEqual(['/jobs/j1/stop']);
    expect(bodies).toEqual([{ drain: true }]);
  });

  it('is stopped with a savepoint, with open windows', async () => {
    answers = {
      '/jobs/j1/stop': { 'request-id': 'r1' },
      '/jobs/j1/savepoints/r1': { status: { id: 'COMPLETED' }, operation: { location: 'file:///s' } },
      '/jobs/j1': sequence(details('RUNNING'), details('FINISHED')),
    };
    await expect(job.stopWithSavepoint()).resolves.toBe('file:///s');
    expect(bodies).toEqual([{ drain: false }]);
  });

  it('takes a checkpoint on request', async () => {
    answers = {
      '/jobs/j1/checkpoints': { 'request-id': 'r1' },
      '/jobs/j1/checkpoints/r1': sequence(
        { status: { id: 'IN_PROGRESS' }, operation: null },
        { status: { id: 'COMPLETED' }, operation: { checkpointId: 7, failureCause: null } },
      ),
    };
    await expect(job.checkpoint()).resolves.toBe(7);
  });

  it('says why a checkpoint could not be taken', async () => {
    answers = {
      '/jobs/j1/checkpoints': { 'request-id': 'r1' },
      '/jobs/j1/checkpoints/r1': {
        status: { id: 'COMPLETED' },
        operation: { failureCause: { 'stack-trace': 'x.Y: outer\nCaused by: x.Z: disk full' } },
      },
    };
    await expect(job.checkpoint()).rejects.toThrow(/disk full/);
  });

  it('is canceled only if it is still running', async () => {
    answers = { '/jobs/j1': sequence(details('RUNNING'), details('CANCELLING'), details('CANCELED')) };
    await job.cancel();
    expect(patched).toBe(1);
    await job.cancel();
    expect(patched).toBe(1);
  });

  it('reports the checkpoint from which it restored its state', async () => {
    answers = {
      '/jobs/j1/checkpoints': sequence(
        { latest: { restored: null } },
        { latest: { restored: { id: 7, is_savepoint: false } } },
      ),
    };
    expect(await job.rest.restored('j1')).toBeUndefined();
    expect(await job.rest.restored('j1')).toEqual({ id: 7, is_savepoint: false });
  });

  it('says why it could not be drained', async () => {
    answers = {
      '/jobs/j1/stop': { 'request-id': 'r1' },
      '/jobs/j1/savepoints/r1': {
        status: { id: 'COMPLETED' },
        operation: { 'failure-cause': { 'stack-trace': 'x.Y: outer\nCaused by: x.Z: disk full' } },
      },
    };
    await expect(job.drain()).rejects.toThrow(/disk full/);
  });
});
