import type { KinesisStreamEvent } from 'aws-lambda';

const SHARD = 'shardId-000000000006';
const ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/AdResultantOutput';

/** Sequence number of the first record; the length is that of real ones, beyond what a number holds exactly. */
const FIRST = 49590338271490256608559692538361571095921575989136588898n;

/** @returns sequence number of the record at that index of an event */
export function sequenceNumber(at: number): string {
  return String(FIRST + BigInt(at));
}

/** @returns data of a record with the value as JSON */
export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/**
 * @param data of the records
 * @param first index of the first one in its shard
 * @returns the event that Lambda calls a function with, in the form of its Developer Guide
 */
export function kinesisEvent(data: readonly Uint8Array[], first = 0): KinesisStreamEvent {
  return {
    Records: data.map((bytes, at) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: `key-${at}`,
        sequenceNumber: sequenceNumber(first + at),
        data: Buffer.from(bytes).toString('base64'),
        approximateArrivalTimestamp: 1795428000.123,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${SHARD}:${sequenceNumber(first + at)}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/output-sink',
      awsRegion: 'us-east-1',
      eventSourceARN: ARN,
    })),
  };
}
