import { allReferences, referencesIn, resourcesOf, withReferences } from './terraform-json';

describe('referencesIn', () => {
  it.each([
    ['${aws_sqs_queue.given-up_1.arn}', [{ type: 'aws_sqs_queue', id: 'given-up_1', attribute: 'arn' }]],
    ['arn:aws:s3:::${aws_s3_bucket.a.id}/x', [{ type: 'aws_s3_bucket', id: 'a', attribute: 'id' }]],
    ['${data.aws_partition.p.partition}', [{ type: 'data.aws_partition', id: 'p', attribute: 'partition' }]],
    [
      '${aws_x.a[0].arn} ${aws_y.b.id}',
      [
        { type: 'aws_x', id: 'a', attribute: 'arn' },
        { type: 'aws_y', id: 'b', attribute: 'id' },
      ],
    ],
    ['aws_s3_bucket.a.id', []],
    ['no expression', []],
  ])('finds the references of %s', (text, references) => expect(referencesIn(text)).toEqual(references));

  it('finds references at any depth', () => {
    expect(allReferences({ a: [{ b: '${aws_x.a.arn}' }, null, 3] })).toHaveLength(1);
  });
});

describe('withReferences', () => {
  it('replaces a reference and keeps other expressions', () => {
    expect(withReferences('a ${aws_x.y.arn} b ${var.z}', ({ id }) => `<${id}>`)).toBe('a <y> b ${var.z}');
  });
});

describe('resourcesOf', () => {
  it('returns the path of a resource among the constructs, or its id', () => {
    const stack = { resource: { aws_x: { a_1: { '//': { metadata: { path: 'dev/one/a' } }, n: 1 }, b: { n: 2 } } } };
    expect(resourcesOf(stack)).toEqual([
      { type: 'aws_x', id: 'a_1', path: 'one/a', args: { n: 1 } },
      { type: 'aws_x', id: 'b', path: 'b', args: { n: 2 } },
    ]);
  });
});
