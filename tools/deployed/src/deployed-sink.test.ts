import type { LambdaClient } from '@aws-sdk/client-lambda';
import { describeSink } from './deployed-sink';

const MAPPING = {
  UUID: 'id',
  EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/results',
  BatchSize: 500,
  MaximumBatchingWindowInSeconds: 1,
  MaximumRetryAttempts: 100,
  MaximumRecordAgeInSeconds: 64_800,
  BisectBatchOnFunctionError: true,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  StartingPosition: 'TRIM_HORIZON',
  DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:failed' } },
};
const FUNCTION = {
  FunctionArn: 'arn:function',
  Role: 'arn:role',
  Timeout: 60,
  CodeSha256: 'hash',
  Environment: { Variables: { RESULTS_TABLE: 'table' } },
};

/** Lambda with one function and these mappings. */
function lambda(...mappings: object[]): LambdaClient {
  const send = async ({ constructor }: object) =>
    constructor.name === 'ListEventSourceMappingsCommand' ? { EventSourceMappings: mappings } : FUNCTION;
  return { send } as unknown as LambdaClient;
}

describe('describeSink', () => {
  it('tells what Lambda tells', async () => {
    await expect(describeSink(lambda(MAPPING), 'sink')).resolves.toEqual({
      functionArn: 'arn:function',
      roleArn: 'arn:role',
      timeoutMs: 60_000,
      environment: { RESULTS_TABLE: 'table' },
      codeSha256: 'hash',
      mapping: {
        id: 'id',
        streamArn: MAPPING.EventSourceArn,
        onFailureArn: 'arn:aws:sqs:us-east-1:000000000000:failed',
        settings: {
          batchSize: 500,
          maximumBatchingWindowInSeconds: 1,
          maximumRetryAttempts: 100,
          maximumRecordAgeInSeconds: 64_800,
          bisectBatchOnFunctionError: true,
          reportBatchItemFailures: true,
          startingPosition: 'TRIM_HORIZON',
        },
      },
    });
  });

  it('treats missing failure reporting as off', async () => {
    const sink = await describeSink(lambda({ ...MAPPING, FunctionResponseTypes: [] }), 'sink');
    expect(sink.mapping.settings.reportBatchItemFailures).toBe(false);
  });

  it('does not invent missing settings', async () => {
    await expect(describeSink(lambda({ ...MAPPING, MaximumRetryAttempts: undefined }), 'sink')).rejects.toThrow(
      'maximumRetryAttempts',
    );
  });

  it.each([[[]], [[MAPPING, MAPPING]]])('wants one mapping', async (mappings) => {
    await expect(describeSink(lambda(...mappings), 'sink')).rejects.toThrow('must have one event source mapping');
  });
});
