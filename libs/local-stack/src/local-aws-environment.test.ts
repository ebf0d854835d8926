import { localAwsEnvironment } from './local-aws-environment';

describe('localAwsEnvironment', () => {
  it("does not contain the user's own AWS settings", () => {
    process.env['AWS_PROFILE'] = 'production';
    process.env['AWS_SESSION_TOKEN'] = 'secret';
    const env = localAwsEnvironment('eu-west-1');
    delete process.env['AWS_PROFILE'];
    delete process.env['AWS_SESSION_TOKEN'];
    expect(env).not.toHaveProperty('AWS_PROFILE');
    expect(env).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: 'test', AWS_REGION: 'eu-west-1', PATH: process.env['PATH'] });
  });
});
