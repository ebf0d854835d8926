import { AwsOperation, cliName, type ServiceModel } from './aws-operations';

describe('cliName', () => {
  it.each([
    ['ListShards', 'list-shards'],
    ['StreamARN', 'stream-arn'],
    ['UseLatestRestorableTime', 'use-latest-restorable-time'],
    ['receiptHandle', 'receipt-handle'],
  ])('%s is %s', (name, cli) => expect(cliName(name)).toBe(cli));
});

const MODEL: ServiceModel = {
  operations: { StartJob: { input: { shape: 'Start' }, output: { shape: 'Started' } } },
  shapes: {
    Start: { type: 'structure', members: { RunConfiguration: { shape: 'Run' }, Force: { shape: 'Boolean' } } },
    Run: { type: 'structure', required: ['Type'], members: { Type: { shape: 'Type' }, Names: { shape: 'Names' } } },
    Type: { type: 'string', enum: ['LATEST', 'NONE'] },
    Names: { type: 'list', member: { shape: 'Text' } },
    Text: { type: 'string' },
    Started: { type: 'structure', members: { Job: { shape: 'Job' }, Jobs: { shape: 'Jobs' } } },
    Jobs: { type: 'list', member: { shape: 'Job' } },
    Job: { type: 'structure', members: { Status: { shape: 'Text' }, Version: { shape: 'Text' } } },
  },
};

describe('AwsOperation', () => {
  const operation = AwsOperation.of(MODEL, 'start-job');

  it('is found by its name in the AWS CLI', () => {
    expect(operation).toBeDefined();
    expect(AwsOperation.of(MODEL, 'stop-job')).toBeUndefined();
  });

  it.each([
    ['--run-configuration', true],
    ['--force', true],
    ['--no-force', true],
    ['--forced', false],
  ])('knows whether it has %s', (option, known) => expect(operation?.has(option)).toBe(known));

  it.each([
    [{ Type: 'LATEST', Names: ['a'] }, []],
    [{ Type: 'NEWEST' }, ['--run-configuration/Type: NEWEST']],
    [{ Names: [] }, ['--run-configuration/Type is missing']],
    [{ Type: 'NONE', Kind: 1 }, ['--run-configuration/Kind']],
  ])('finds parameters that the service does not know in %j', (value, problems) => {
    expect(operation?.problems('--run-configuration', value)).toEqual(problems);
  });

  it.each([
    ['Job.Status', []],
    ['Job.[Status,Version]', []],
    ['Jobs[].[Status]', []],
    ["Jobs[?Status=='x'].Version", []],
    ['Job.State', ['Job.State']],
    ['Job.[Status,State]', ['Job.State']],
  ])('looks the query %s up in its answer', (query, unknown) => {
    expect(operation?.unknownInAnswer(query)).toEqual(unknown);
  });
});
