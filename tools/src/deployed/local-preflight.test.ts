import { outcomesOf } from './local-preflight';

describe('outcomesOf', () => {
  it('takes what is looked at and how it is, and leaves out what to do', () => {
    const report = [
      'ok       provider hashicorp/aws 6.25.0: registry.terraform.io answers',
      'WRONG    alarms: alarms.emails is empty: nobody would hear',
      '          put an address into infra/environments/dev.json',
      '',
      '1 must be mended before a deployment. 0 to consider, 0 could not be asked.',
    ].join('\n');
    expect(outcomesOf(report)).toEqual({ 'provider hashicorp/aws 6.25.0': 'ok', alarms: 'WRONG' });
  });
});
