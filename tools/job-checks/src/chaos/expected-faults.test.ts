import { requestsWithoutFaults } from './expected-faults';

describe('requestsWithoutFaults', () => {
  const all = {
    'PutRecords of aws-sdk-js': 1,
    'GetRecords of aws-sdk-java': 2,
    'PutRecords of aws-sdk-java': 1,
    'BatchWriteItem of aws-sdk-js': 1,
  };

  it('finds nothing if a request of the producer, the job and the sink failed', () =>
    expect(requestsWithoutFaults({}, all)).toEqual([]));

  it('finds the requests of a client that had no faults', () => {
    expect(requestsWithoutFaults({}, { ...all, 'PutRecords of aws-sdk-java': 0 })).toEqual([
      'PutRecords of aws-sdk-java',
    ]);
    expect(requestsWithoutFaults({ services: ['kinesis'] }, {})).toHaveLength(3);
  });

  it('expects no faults of services that have none', () =>
    expect(requestsWithoutFaults({ services: ['dynamodb'] }, { 'BatchWriteItem of aws-sdk-js': 1 })).toEqual([]));
});
