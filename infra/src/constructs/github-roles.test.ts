import { allow } from '../iam/policy';
import { inPolicies } from './github-roles';

describe('inPolicies', () => {
  const statement = (sid: string, actions: number) =>
    allow(
      sid,
      Array.from({ length: actions }, (_, at) => `service:Action${at}`),
      ['arn:aws:service:::thing'],
    );

  it('splits all statements, in order, into policies that IAM accepts', () => {
    const statements = Array.from({ length: 40 }, (_, at) => statement(`S${at}`, 20));
    const policies = inPolicies(statements);
    expect(policies.flat()).toEqual(statements);
    expect(policies.length).toBeGreaterThan(1);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThan(6_144);
  });

  it('uses one policy if the statements fit', () => {
    expect(inPolicies([statement('A', 2), statement('B', 2)])).toHaveLength(1);
    expect(inPolicies([])).toEqual([]);
  });
});
