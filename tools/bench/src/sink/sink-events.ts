import type { KinesisStreamEvent } from 'aws-lambda';
import { kinesisEvent } from '@ad-analytics/event-source-mapping/kinesis-event';

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const SOURCE = {
  shardId: 'shardId-000000000000',
  region: REGION,
  streamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/AdResultantOutput`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/output-sink`,
};
/** Any sequence number of Kinesis. */
const FIRST = 49_590_338_271_490_256_608_559_692_538_361_571_095n;

/**
 * @param lines at least one
 * @param count how many to choose
 * @returns lines at even distances, so that each part of a run is there; all if there are not more
 */
export function evenSample<T>(lines: readonly T[], count: number): T[] {
  if (lines.length <= count) return [...lines];
  return Array.from({ length: count }, (_, i) => lines[Math.floor((i * lines.length) / count)]!);
}

/** @param results JSON of each result @param batchSize records of an event @returns events as Lambda gives them to the function */
export function sinkEvents(results: readonly string[], batchSize: number): KinesisStreamEvent[] {
  const records = results.map((json, i) => ({
    sequenceNumber: String(FIRST + BigInt(i)),
    partitionKey: `key-${i}`,
    arrivalTime: Date.now(),
    data: Buffer.from(json),
  }));
  return Array.from({ length: Math.ceil(records.length / batchSize) }, (_, i) =>
    kinesisEvent(records.slice(i * batchSize, (i + 1) * batchSize), SOURCE),
  );
}

/** @returns number of results of each record type, the most frequent first */
export function countTypes(results: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const json of results) {
    const { record_type: type } = JSON.parse(json) as { record_type: string };
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}
