import { EnvironmentError, readEnvironment } from './environment';

const SET = { AWS_REGION: 'us-east-1', RESULTS_TABLE: 'results', DEAD_LETTER_QUEUE_URL: 'https://queue' };

it('reads what the function needs', () => {
  const expected = { region: 'us-east-1', tableName: 'results', deadLetterQueueUrl: 'https://queue' };
  expect(readEnvironment(SET)).toEqual({ ...expected, endpoint: undefined });
  expect(readEnvironment({ ...SET, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }).endpoint).toBe('http://127.0.0.1:4566');
});

it.each(Object.keys(SET))('names %s when it is missing or empty', (name) => {
  for (const value of [undefined, '']) {
    expect(() => readEnvironment({ ...SET, [name]: value })).toThrow(EnvironmentError);
    expect(() => readEnvironment({ ...SET, [name]: value })).toThrow(name);
  }
});
