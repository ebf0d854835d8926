import { crash, shardRecords } from './fake-function';
import { destinationMessage } from './destination-message';

const source = { shardId: 'shardId-000000000001', streamArn: 'arn:stream', region: 'us-east-1', roleArn: 'arn:role' };
const context = { source, functionArn: 'arn:function', requestId: 'r', now: 1_573_691_886_021 };
const records = shardRecords(3);

it('has the fields of the example message of the Lambda Developer Guide', () => {
  const message = destinationMessage(
    { records, condition: 'RetryAttemptsExhausted', invocations: 4, last: crash },
    context,
  );
  expect(message).toEqual({
    requestContext: {
      requestId: 'r',
      functionArn: 'arn:function',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 4,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2019-11-14T00:38:06.021Z',
    KinesisBatchInfo: {
      shardId: 'shardId-000000000001',
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records[2]?.sequenceNumber,
      approximateArrivalOfFirstRecord: '1970-01-01T00:00:00.000Z',
      approximateArrivalOfLastRecord: '1970-01-01T00:00:00.002Z',
      batchSize: 3,
      streamArn: 'arn:stream',
    },
  });
});

it('has no error of the function if it did not fail', () => {
  const message = destinationMessage(
    { records, condition: 'RecordAgeExceeded', invocations: 0, last: undefined },
    context,
  );
  expect(message.responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST' });
});
