import { clientConfig } from './client-config';

const region = 'us-east-1';

it('shows real credentials to AWS and to what speaks TLS, and only test ones to a local emulator', () => {
  expect(clientConfig({ region })).not.toHaveProperty('endpoint');
  expect(clientConfig({ region })).not.toHaveProperty('credentials');
  expect(clientConfig({ region, endpoint: 'https://vpce.amazonaws.com' })).not.toHaveProperty('credentials');
  expect(clientConfig({ region, endpoint: 'http://127.0.0.1:4566' })).toMatchObject({
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
