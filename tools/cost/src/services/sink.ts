import type { Assumptions } from '../assumptions';
import { type CostLine, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import { type Workload, allResults } from '../workload';
import { shardsFor, streams } from './kinesis';

const SERVICE = 'Lambda (output sink)';
/** Memory at which a function has one whole vCPU. Source: AWS Lambda Developer Guide, "Configure Lambda function memory". */
const VCPU_MB = 1769;
/** Maximum bytes of a batch. Source: Lambda Developer Guide, Kinesis event source mappings. */
const BATCH_BYTES = 6 * 1024 ** 2;
/** Size of a record in an invocation (JSON and base64) relative to its bytes. */
const EVENT_GROWTH = 4 / 3;

/** @returns invocations per second; 0 without a sink */
export function sinkInvocations(load: Workload, deployment: Deployment, assumptions: Assumptions): number {
  const { sink } = deployment;
  if (sink === undefined) return 0;
  const results = streams(load, deployment).find(({ role }) => role === 'results');
  if (results === undefined) return 0;
  const shards = deployment.streams.shards?.results ?? shardsFor(results, assumptions);
  const perInvocation = Math.min(sink.batchSize, Math.max(1, BATCH_BYTES / (results.flow.bytes * EVENT_GROWTH + 300)));
  const full = results.flow.perSecond / perInvocation;
  // A shard's batch is sent when it is full or the batching window has ended, and at most once per record.
  const byWindow = sink.batchWindowSeconds === 0 ? results.flow.perSecond : shards / sink.batchWindowSeconds;
  return Math.min(results.flow.perSecond, Math.max(full, byWindow));
}

/**
 * Items per request to the table, concurrent requests, and estimated milliseconds per request; DynamoDB's own latency is a few
 * milliseconds.
 */
const REQUEST_ITEMS = 25;
const REQUESTS_AT_ONCE = 10;
const REQUEST_MS = 20;

/** @returns milliseconds of CPU per record with the function's memory */
function cpuMs({ memoryMb }: NonNullable<Deployment['sink']>, { sinkCpuMsPerRecord }: Assumptions): number {
  return sinkCpuMsPerRecord * Math.max(1, VCPU_MB / memoryMb);
}

/** @returns average number of concurrent executions; 0 without a sink */
export function sinkConcurrency(load: Workload, deployment: Deployment, assumptions: Assumptions): number {
  const { sink } = deployment;
  if (sink === undefined) return 0;
  const { perSecond } = allResults(load);
  const waitingMs = REQUEST_MS / (REQUEST_ITEMS * REQUESTS_AT_ONCE);
  const overheadSeconds = (sinkInvocations(load, deployment, assumptions) * REQUEST_MS) / 1000;
  return (perSecond * (cpuMs(sink, assumptions) + waitingMs)) / 1000 + overheadSeconds;
}

/** @returns lines of the function; none without a sink */
export function sinkLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  const { sink } = deployment;
  if (sink === undefined) return [];
  const { perSecond } = allResults(load);
  const invocations = sinkInvocations(load, deployment, assumptions) * SECONDS;
  const ms = cpuMs(sink, assumptions);
  const gbSeconds = (perSecond * SECONDS * ms * sink.memoryMb) / 1000 / 1024;
  return [
    costLine({
      service: SERVICE,
      item: 'invocations',
      price: 'lambdaRequest',
      quantity: invocations,
      arithmetic: `${figure(invocations / SECONDS)} invocations/s × ${figure(SECONDS)} s`,
    }),
    costLine({
      service: SERVICE,
      item: 'compute',
      price: sink.architecture === 'arm64' ? 'lambdaArmSecond' : 'lambdaX86Second',
      quantity: gbSeconds,
      arithmetic: `${figure(perSecond)} results/s × ${figure(SECONDS)} s × ${figure(ms)} ms × ${figure(sink.memoryMb / 1024)} GB`,
    }),
    ...(sink.tracing
      ? [
          costLine({
            service: SERVICE,
            item: 'traces (5 % of the invocations, and 1 a second)',
            price: 'xrayTrace',
            quantity: Math.min(invocations, SECONDS + invocations * 0.05),
            arithmetic: `${figure(SECONDS)} + 5 % of ${figure(invocations)}`,
          }),
        ]
      : []),
  ];
}
