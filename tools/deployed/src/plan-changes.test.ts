import { plannedChanges, unexplained } from './plan-changes';

const GAPS = [{ type: 'aws_kinesis_stream', attributes: ['tags_all'], reason: 'no tags' }];

const plan = (type: string, actions: string[], before: object | null, after: object | null) => ({
  resource_changes: [{ address: `${type}.one`, type, change: { actions, before, after } }],
});
const left = (...args: Parameters<typeof plan>) => unexplained(plannedChanges(plan(...args)), GAPS);

describe('unexplained', () => {
  it('is empty without changes', () => {
    expect(left('aws_kinesis_stream', ['no-op'], { name: 'a' }, { name: 'a' })).toEqual([]);
    expect(left('aws_caller_identity', ['read'], null, {})).toEqual([]);
    expect(unexplained(plannedChanges({}), GAPS)).toEqual([]);
  });

  it('leaves out changes that a gap of the emulator explains', () => {
    expect(left('aws_kinesis_stream', ['update'], { tags_all: {} }, { tags_all: { a: 'b' } })).toEqual([]);
  });

  it('names another argument of the same resource', () => {
    const before = { tags_all: {}, retention_period: 24 };
    const after = { tags_all: { a: 'b' }, retention_period: 48 };
    expect(left('aws_kinesis_stream', ['update'], before, after)).toEqual(['aws_kinesis_stream.one: retention_period']);
  });

  it('names the same argument of another resource', () => {
    expect(left('aws_sqs_queue', ['update'], { tags_all: {} }, { tags_all: { a: 'b' } })).toEqual([
      'aws_sqs_queue.one: tags_all.a',
    ]);
  });

  it('looks into blocks', () => {
    const gaps = [{ type: 'aws_firehose', attributes: ['s3.0.zone'], reason: 'no zone' }];
    const changes = (before: object, after: object) =>
      unexplained(plannedChanges(plan('aws_firehose', ['update'], { s3: [before] }, { s3: [after] })), gaps);
    expect(changes({ zone: '' }, { zone: 'UTC' })).toEqual([]);
    expect(changes({ zone: '', size: 1 }, { zone: 'UTC', size: 2 })).toEqual(['aws_firehose.one: s3.0.size']);
    expect(changes({ zones: '' }, { zones: 'UTC' })).toEqual(['aws_firehose.one: s3.0.zones']);
  });

  it.each([
    ['made', ['create'], null, {}],
    ['taken away', ['delete'], {}, null],
    ['replaced', ['delete', 'create'], { tags_all: {} }, { tags_all: { a: 'b' } }],
  ])('names a resource that is %s', (_, actions, before, after) => {
    expect(left('aws_kinesis_stream', actions, before, after)).toEqual([
      `aws_kinesis_stream.one: ${actions.join(', ')}`,
    ]);
  });
});
