// Calls a bundled Lambda handler with one event after the other, in this fresh process, and tells its parent over the IPC channel how long
// each took. Usage: fork('handler-loop.mjs', [bundle, events]), where `events` is a file with an event on each line.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [bundle = '', events = ''] = process.argv.slice(2);
const TIMEOUT_MS = 60_000;

const { handler } = await import(pathToFileURL(bundle).href);
process.send?.({ loaded: true });

const lines = readFileSync(events, 'utf8').trimEnd().split('\n');
for (const line of lines) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  // The runtime of Lambda also parses the event.
  const event = JSON.parse(line);
  const end = Date.now() + TIMEOUT_MS;
  const response = await handler(event, {
    functionName: 'output-sink',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:output-sink',
    memoryLimitInMB: '256',
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
  });
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const failed = response.batchItemFailures.length;
  process.send?.({ records: event.Records.length, failed, ms, cpuMs: (user + system) / 1_000 });
}
process.disconnect?.();
