import { emulatorArguments } from './emulator';

/** `IdleConnTimeout` of the AWS SDK for Go (aws/transport/http, defaultHTTPTransport), which Terraform's provider is made with. */
const LONGEST_IDLE_SECONDS = 90;

describe('emulatorArguments', () => {
  const args = emulatorArguments(4_567);
  const option = (name: string) => args[args.indexOf(name) + 1];

  it('keeps connections open longer than any client, so that a request is not lost on a closing connection', () => {
    expect(Number(option('--keep-alive'))).toBeGreaterThan(LONGEST_IDLE_SECONDS);
  });

  it('serves in the watched process, without a worker', () => expect(option('--workers')).toBe('0'));

  it('has controlled streams only on request', () => {
    expect(args).toContain('without_browsers:app');
    expect(emulatorArguments(4_567, 'controlled_streams')).toContain('controlled_streams:app');
  });

  it('writes the credentials of requests to a file only on request', () => {
    expect(args).not.toContain('--access-logfile');
    expect(emulatorArguments(4_567, 'without_browsers', '/a file')).toContain('/a file');
  });

  it('listens on the loopback interface only', () => expect(option('--bind')).toBe('127.0.0.1:4567'));
});
