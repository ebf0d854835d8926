import { outcomesOf } from './local-preflight';

describe('outcomesOf', () => {
  it('reads subject and outcome of each finding, without the advice', () => {
    const report = [
      'ok       provider hashicorp/aws 6.25.0: registry.terraform.io answers',
      'WRONG    alarms: alarms.emails is empty: mails of alarms and of the budget',
      '          add an address to infra/environments/dev.json',
      '',
      '1 must be fixed before a deployment. 0 to consider, 0 could not be checked.',
    ].join('\n');
    expect(outcomesOf(report)).toEqual({ 'provider hashicorp/aws 6.25.0': 'ok', alarms: 'WRONG' });
  });
});
