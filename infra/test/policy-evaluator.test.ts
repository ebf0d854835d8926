import { type AnyStatement, matches, mayDo } from './policy-evaluator';

const allow = (parts: Partial<AnyStatement> = {}): AnyStatement => ({
  Effect: 'Allow',
  Action: ['iam:CreateRole'],
  Resource: ['arn:aws:iam::1:role/app-*'],
  ...parts,
});
const ROLE = 'arn:aws:iam::1:role/app-one';
const bounded = { StringEquals: { 'iam:PermissionsBoundary': 'b' } };

describe('mayDo', () => {
  it.each<[string, AnyStatement[], boolean]>([
    ['a matching action on a matching resource', [allow()], true],
    ['nothing without a statement', [], false],
    ['another action', [allow({ Action: ['iam:GetRole'] })], false],
    ['an action by a wildcard, in letters of any case', [allow({ Action: ['IAM:create*'] })], true],
    ['another resource', [allow({ Resource: ['arn:aws:iam::1:role/other'] })], false],
    ['NotAction with another action', [{ Effect: 'Allow', NotAction: ['s3:*'], Resource: ['*'] }], true],
    ['NotAction with this action', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: ['*'] }], false],
    ['NotResource with another resource', [{ Effect: 'Allow', Action: ['*'], NotResource: ['x'] }], true],
    ['NotResource with this resource', [{ Effect: 'Allow', Action: ['*'], NotResource: ['*'] }], false],
    ['a denied action', [allow(), allow({ Effect: 'Deny', Action: ['iam:*'] })], false],
    [
      'an action that a condition may deny',
      [allow(), allow({ Effect: 'Deny', Condition: { Bool: { x: 'true' } } })],
      true,
    ],
    [
      'an action that a condition may allow',
      [allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      true,
    ],
  ])('%s', (_, statements, expected) => expect(mayDo(statements, 'iam:CreateRole', ROLE)).toBe(expected));

  it.each([
    ['b', true],
    ['c', false],
    [undefined, false],
  ])('evaluates a condition if the key is known: %s', (value, expected) => {
    const statements = [allow({ Condition: bounded })];
    expect(mayDo(statements, 'iam:CreateRole', ROLE, { 'iam:PermissionsBoundary': value })).toBe(expected);
  });

  it('treats an absent key as met if the operator says so', () => {
    const statements = [allow({ Condition: { StringEqualsIfExists: { key: 'a' } } })];
    const may = (key: string | undefined) => mayDo(statements, 'iam:CreateRole', ROLE, { key });
    expect([may(undefined), may('a'), may('b')]).toEqual([true, true, false]);
  });
});

describe('matches', () => {
  it.each([
    ['a.c', 'abc', false],
    ['a?c', 'abc', true],
    ['a*', 'a', true],
    ['role/a-*', 'role/b-a-', false],
  ])('%s %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));
});
