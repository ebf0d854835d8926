import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const BUNDLE = path.resolve(__dirname, '..', 'dist', 'dashboard.mjs');
/** The discard port: nothing listens there. */
const NO_TABLE = 'http://127.0.0.1:9';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

function start(...args: string[]): { lines: AsyncIterator<string>; errors: () => string; ended: Promise<unknown[]> } {
  child = spawn(process.execPath, [BUNDLE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  return { lines, errors: () => errors, ended: once(child, 'exit') };
}

describe('the program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints its address, serves, and ends at %s', async (signal) => {
    const { lines, ended } = start('--endpoint', NO_TABLE, '--poll-seconds', '0.2');
    const { value: line } = await lines.next();
    const [, url] = /^Dashboard: (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line as string) ?? [];
    expect(url).toBeDefined();
    const page = await fetch(url as string);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Ad analytics</title>')]);
    const reader = (await fetch(`${url}events`)).body!.getReader();
    let text = '';
    while (!text.includes('"state":"error"')) text += new TextDecoder().decode((await reader.read()).value);
    child!.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(await lines.next()).toMatchObject({ done: true });
  });

  it.each([
    [['--port', 'x'], /--port/],
    [['--aws', '--endpoint', NO_TABLE], /cannot be used with/],
    [['--config', 'no such file.json', '--endpoint', NO_TABLE], /no such file\.json/],
  ])('reports the problem with %j, with exit code 2', async (args, message) => {
    const { ended, errors } = start(...args);
    expect(await ended).toEqual([2, null]);
    expect(errors()).toMatch(message);
  });

  it('says that a port is in use, with exit code 1', async () => {
    const first = start('--endpoint', NO_TABLE);
    const { port } = new URL(((await first.lines.next()).value as string).split(' ')[1]!);
    const holder = child!;
    const { ended, errors } = start('--endpoint', NO_TABLE, '--port', port);
    expect(await ended).toEqual([1, null]);
    expect(errors()).toContain(`Port ${port} is in use`);
    holder.kill('SIGINT');
    expect(await first.ended).toEqual([0, null]);
  });
});
