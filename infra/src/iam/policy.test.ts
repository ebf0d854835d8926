import { allow, allowOnEverything, policyDocument } from './policy';

describe('policy', () => {
  it('allows named resources', () => {
    expect(JSON.parse(policyDocument(allow('Read', ['s3:GetObject'], ['arn:aws:s3:::bucket/*'])))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/*'] }],
    });
  });

  it('rejects all resources without a reason', () => {
    expect(() => allow('Read', ['s3:GetObject'], ['*'])).toThrow('Read: name the resources');
    expect(() => allowOnEverything('Find', ['ec2:DescribeVpcs'], ' ')).toThrow('Find: say why');
  });

  it('allows all resources with a reason', () => {
    expect(allowOnEverything('Find', ['ec2:DescribeVpcs'], 'It knows no resources.').Resource).toEqual(['*']);
  });
});
