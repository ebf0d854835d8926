import { emulatorArguments } from './emulator';

/** `IdleConnTimeout` of the AWS SDK for Go (aws/transport/http, defaultHTTPTransport), which Terraform's provider is made with. */
const LONGEST_IDLE_SECONDS = 90;

describe('emulatorArguments', () => {
  const args = emulatorArguments(4_567);
  const option = (name: string) => args[args.indexOf(name) + 1];

  it('keeps connections longer than any client does, so that no request meets a closing one', () => {
    expect(Number(option('--keep-alive'))).toBeGreaterThan(LONGEST_IDLE_SECONDS);
  });

  it('serves in the process that is watched, not in a worker of it', () => expect(option('--workers')).toBe('0'));

  it('lets streams do what a test tells them only where that is asked for', () => {
    expect(args).toContain('without_browsers:app');
    expect(emulatorArguments(4_567, 'controlled_streams')).toContain('controlled_streams:app');
  });

  it('writes the credentials of requests to a file only where that is asked for', () => {
    expect(args).not.toContain('--access-logfile');
    expect(emulatorArguments(4_567, 'without_browsers', '/a file')).toContain('/a file');
  });

  it('listens on the loopback interface only', () => expect(option('--bind')).toBe('127.0.0.1:4567'));
});
