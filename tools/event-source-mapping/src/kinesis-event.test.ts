import fc from 'fast-check';
import { kinesisEvent, recordBytes } from './kinesis-event';

const source = {
  shardId: 'shardId-000000000006',
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/AdResultantOutput',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::000000000000:role/output-sink',
};
const sequenceNumber = '49590338271490256608559692538361571095921575989136588898';

it('has the format of the example event in the Lambda Developer Guide', () => {
  const record = { sequenceNumber, partitionKey: '1', arrivalTime: 1_545_084_650_987, data: Buffer.from([0xff, 0x00]) };
  expect(kinesisEvent([record], source)).toEqual({
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: '1',
          sequenceNumber,
          data: '/wA=',
          approximateArrivalTimestamp: 1_545_084_650.987,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `shardId-000000000006:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: source.roleArn,
        awsRegion: 'us-east-1',
        eventSourceARN: source.streamArn,
      },
    ],
  });
});

it('has at most the estimated number of bytes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 256 }),
      fc.uint8Array({ maxLength: 300 }),
      (partitionKey, data) => {
        const record = { sequenceNumber, partitionKey, arrivalTime: Date.now(), data };
        const bytes = Buffer.byteLength(JSON.stringify(kinesisEvent([record], source).Records[0]));
        expect(bytes).toBeLessThanOrEqual(recordBytes(record));
      },
    ),
  );
});
