import fc from 'fast-check';
import type { AwsRequest } from './aws-request';
import { awsRequest } from './aws-request';
import { FaultChooser, type FaultPlan } from './choose-fault';
import { FAULT_KINDS, canHappenTo } from './fault-kinds';
import { splitWrite } from './partial-writes';

const PUT: AwsRequest = { service: 'kinesis', operation: 'PutRecords' };
const GET: AwsRequest = { service: 'kinesis', operation: 'GetRecords' };
const drawn = (plan: FaultPlan, count: number, asked = PUT) => {
  const chooser = new FaultChooser(plan);
  return Array.from({ length: count }, () => chooser.next(asked, 0));
};

it('gives the same faults for the same seed, and different faults for another seed', () => {
  const plan = { seed: 7, shares: { throttled: 0.2, reset: 0.2 } };
  expect(drawn(plan, 200)).toEqual(drawn(plan, 200));
  expect(drawn(plan, 200)).not.toEqual(drawn({ ...plan, seed: 8 }, 200));
});

it('leaves the other services alone', () => {
  const plan: FaultPlan = { seed: 1, shares: { reset: 1 }, services: ['dynamodb'] };
  expect(drawn(plan, 3)).toEqual([undefined, undefined, undefined]);
  expect(drawn(plan, 1, { service: 'dynamodb', operation: 'Query' })).toEqual(['reset']);
});

it('draws each kind with its configured share', () => {
  const kinds = drawn({ seed: 1, shares: { throttled: 0.2, partial: 0.1, slow: 0.05 } }, 20_000);
  const share = (kind: string | undefined) => kinds.filter((found) => found === kind).length / kinds.length;
  expect(share('throttled')).toBeCloseTo(0.2, 1);
  expect(share('partial')).toBeCloseTo(0.1, 1);
  expect(share('slow')).toBeCloseTo(0.05, 1);
  expect(share(undefined)).toBeCloseTo(0.65, 1);
});

it('never applies a fault that cannot happen to a request', () => {
  const requests = fc.constantFrom<AwsRequest>(
    PUT,
    GET,
    { service: 'dynamodb', operation: 'BatchWriteItem' },
    { service: 's3', operation: '' },
    { service: undefined, operation: '' },
  );
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...FAULT_KINDS), fc.array(requests), (seed, kind, all) => {
      const chooser = new FaultChooser({ seed, shares: { [kind]: 1 } });
      for (const asked of all) expect(chooser.next(asked, 0)).toBe(canHappenTo(kind, asked) ? kind : undefined);
    }),
  );
});

it('rejects impossible shares and bursts', () => {
  expect(() => new FaultChooser({ seed: 1, shares: { reset: 0.6, slow: 0.5 } })).toThrow('1 or less in total');
  expect(() => new FaultChooser({ seed: 1, shares: { reset: -0.1 } })).toThrow('0 or more');
  const bursts = { everyMs: 10, lengthMs: 11 };
  expect(() => new FaultChooser({ seed: 1, shares: {}, bursts })).toThrow('does not fit');
});

it('delays a response by at least half of the maximum delay', () => {
  const chooser = new FaultChooser({ seed: 1, shares: {}, slowMs: 100 });
  for (let n = 0; n < 200; n += 1) {
    const delay = chooser.delayMs();
    expect(delay).toBeGreaterThanOrEqual(50);
    expect(delay).toBeLessThan(100);
  }
});

it('knows a request by its headers', () => {
  const asked = (target: string, type = 'application/x-amz-json-1.1') =>
    awsRequest({ headers: { 'x-amz-target': target, 'content-type': type } });
  expect(asked('Kinesis_20131202.PutRecords')).toEqual(PUT);
  expect(asked('DynamoDB_20120810.Query')).toEqual({ service: 'dynamodb', operation: 'Query' });
  expect(asked('AmazonSQS.SendMessage')).toEqual({ service: 'sqs', operation: 'SendMessage' });
  expect(asked('Kinesis_20131202.PutRecords', 'application/x-amz-cbor-1.1').service).toBeUndefined();
  expect(asked('AWSGlue.GetTable').service).toBeUndefined();
  const authorization = 'AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/s3/aws4_request, Signature=0';
  expect(awsRequest({ headers: { authorization } }).service).toBe('s3');
});

it('knows a request to S3 by its presigned URL', () => {
  const presigned = (service: string) =>
    `/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20261128%2Fus-east-1%2F${service}%2Faws4_request&X-Amz-Signature=0`;
  expect(awsRequest({ headers: {}, url: presigned('s3') }).service).toBe('s3');
  expect(awsRequest({ headers: {}, url: presigned('sts') }).service).toBeUndefined();
  expect(awsRequest({ headers: {}, url: '/s3/aws4_request' }).service).toBeUndefined();
});

describe('a write of which a part is refused', () => {
  const refusals = fc.array(fc.boolean(), { minLength: 1, maxLength: 50 });

  it('has an outcome for each record, in their order', () => {
    fc.assert(
      fc.property(refusals, (refused) => {
        const Records = refused.map((_, n) => ({ Data: `${n}` }));
        const split = splitWrite(
          'PutRecords',
          Buffer.from(JSON.stringify({ StreamName: 's', Records })),
          () => refused,
        );
        const sent = (split.forwarded as { Records: { Data: string }[] } | undefined)?.Records ?? [];
        const answered = sent.map(({ Data }) => ({ SequenceNumber: Data }));
        const merged = split.merged({ FailedRecordCount: 0, Records: answered });
        const expected = refused.map((no, n) => (no ? { ErrorCode: expect.any(String) } : { SequenceNumber: `${n}` }));
        expect(merged).toMatchObject({ FailedRecordCount: refused.filter(Boolean).length, Records: expected });
        expect(sent).toHaveLength(refused.length - split.refused);
      }),
    );
  });

  it('writes each item or gives it back, in every table', () => {
    fc.assert(
      fc.property(refusals, refusals, (first, second) => {
        const items = (name: string, of: boolean[]) => of.map((_, n) => ({ PutRequest: { Item: `${name}${n}` } }));
        const RequestItems = { a: items('a', first), b: items('b', second) };
        const split = splitWrite('BatchWriteItem', Buffer.from(JSON.stringify({ RequestItems })), () => [
          ...first,
          ...second,
        ]);
        const { RequestItems: sent = {} } = (split.forwarded ?? {}) as { RequestItems?: Record<string, object[]> };
        // The service itself leaves one unprocessed as well.
        const [own] = sent['a'] ?? [];
        const answer = { UnprocessedItems: own === undefined ? {} : { a: [own] } };
        const { UnprocessedItems: back } = split.merged(answer) as { UnprocessedItems: Record<string, object[]> };
        const written = { ...sent, a: (sent['a'] ?? []).filter((item) => item !== own) } as Record<string, object[]>;
        for (const [table, all] of Object.entries(RequestItems)) {
          const found = [...(written[table] ?? []), ...(back[table] ?? [])].map((item) => JSON.stringify(item));
          expect(found.sort()).toEqual(all.map((item) => JSON.stringify(item)).sort());
        }
      }),
    );
  });
});
