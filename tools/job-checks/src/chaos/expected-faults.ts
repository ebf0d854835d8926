import type { FaultPlan } from '@ad-analytics/fault-proxy/choose-fault';
import type { Counts } from './scenario';

/** Requests of the producer, the job and the sink, as the tally of the fault proxy names them. The job uses the SDK for Java. */
const REQUESTS = {
  kinesis: ['PutRecords of aws-sdk-js', 'GetRecords of aws-sdk-java', 'PutRecords of aws-sdk-java'],
  dynamodb: ['BatchWriteItem of aws-sdk-js'],
} as const;

/**
 * A client whose requests do not pass through the proxy, or that the proxy cannot read, would have no faults, and the scenario would show
 * nothing about it.
 * @param faults of the scenario
 * @param failed number of failed requests, by operation and client
 * @returns requests of which none failed
 */
export function requestsWithoutFaults({ services }: Pick<FaultPlan, 'services'>, failed: Counts): string[] {
  return Object.entries(REQUESTS)
    .filter(([service]) => services === undefined || services.some((name) => name === service))
    .flatMap(([, requests]) => requests)
    .filter((request) => (failed[request] ?? 0) === 0);
}
