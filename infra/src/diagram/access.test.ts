import { accessOf, accessOfAll } from './access';

describe('access', () => {
  it.each([
    ['kinesis:GetRecords', 'read'],
    ['dynamodb:BatchGetItem', 'read'],
    ['dynamodb:BatchWriteItem', 'write'],
    ['sqs:SendMessage', 'write'],
    ['s3:ListBucket', 'read'],
    ['s3:*', 'write'],
    ['kms:Decrypt', 'use'],
    ['logs:PutLogEvents', 'use'],
  ])('%s is to %s', (action, access) => expect(accessOf(action)).toBe(access));

  it('is a write if one of several actions is', () => {
    expect(accessOfAll(['s3:GetObject', 's3:PutObject'])).toBe('write');
    expect(accessOfAll(['kms:Decrypt'])).toBe('use');
    expect(accessOfAll(['kms:Decrypt', 's3:GetObject'])).toBe('read');
  });
});
