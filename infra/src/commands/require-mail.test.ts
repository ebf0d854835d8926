import { sampleEnvironment } from '../../test/sample-environment';
import { UsageError } from './errors';
import { requireMail } from './require-mail';

const { alarms } = sampleEnvironment();
const withMails = (...emails: string[]) => sampleEnvironment({ alarms: { ...alarms, emails } });

describe('requireMail', () => {
  it('rejects an environment without a mail address for alarms, and names file and setting', () => {
    expect(() => requireMail(withMails())).toThrow(UsageError);
    expect(() => requireMail(withMails())).toThrow(/^infra\/environments\/dev\.json: alarms\/emails: is empty/);
  });

  it('accepts an environment with an address', () => {
    expect(() => requireMail(withMails('a@example.com'))).not.toThrow();
  });
});
