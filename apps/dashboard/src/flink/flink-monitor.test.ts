import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FlinkMonitor } from './flink-monitor';

let server: Server;
let url: string;
let answers: Record<string, unknown>;
beforeEach(async () => {
  answers = {};
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function job(read: number, duplicates?: number) {
  const sources = ['Source__impressions.numRecordsOut', 'Source__clicks.numRecordsOut'];
  const counters = ['accept.duplicateImpressions', 'accept.duplicateClicks'];
  const names = duplicates === undefined ? sources : [...sources, ...counters];
  const metrics = '/jobs/j/vertices/v/subtasks/metrics';
  answers = {
    '/jobs/overview': {
      jobs: [
        { jid: 'old', state: 'CANCELED', 'start-time': 1 },
        { jid: 'j', state: 'RUNNING', 'start-time': 2 },
      ],
    },
    '/jobs/j': { vertices: [{ id: 'v' }] },
    [metrics]: [...names, 'x.numRecordsIn'].map((id) => ({ id })),
    [`${metrics}?get=${names.join(',')}&agg=sum`]: names.map((id) => ({
      id,
      sum: sources.includes(id) ? read / 2 : duplicates,
    })),
  };
}

describe('FlinkMonitor', () => {
  it('returns the rate and the duplicates of the newest job', async () => {
    const monitor = new FlinkMonitor(url);
    job(1_000);
    expect(await monitor.look(0)).toEqual({
      available: true,
      state: 'RUNNING',
      recordsPerSecond: null,
      duplicates: null,
    });
    job(3_000, 4);
    expect(await monitor.look(10_000)).toEqual({
      available: true,
      state: 'RUNNING',
      recordsPerSecond: 200,
      duplicates: { impressions: 4, clicks: 4 },
    });
  });

  it('returns the reason when it has no figures', async () => {
    expect(await new FlinkMonitor(undefined).look(0)).toMatchObject({
      available: false,
      reason: expect.stringMatching('local stack'),
    });
    expect(await new FlinkMonitor(url).look(0)).toMatchObject({
      available: false,
      reason: expect.stringMatching('HTTP 404'),
    });
    answers['/jobs/overview'] = { jobs: [] };
    expect(await new FlinkMonitor(url).look(0)).toEqual({ available: false, reason: 'Flink runs without a job.' });
  });
});
