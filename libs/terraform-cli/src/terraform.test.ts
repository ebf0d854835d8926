import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Terraform, TerraformError } from './terraform';

const folder = mkdtempSync(path.join(os.tmpdir(), 'terraform cli '));
const logFile = path.join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

/** A substitute for Terraform: prints its arguments, and ends with the exit code in the argument `end`. */
const program = path.join(folder, 'terraform');
writeFileSync(
  program,
  `#!${process.execPath}
const args = process.argv.slice(2);
const end = args.find((arg) => arg.startsWith('end='));
console.error('called', ...args);
if (args.includes('-json')) console.log('{"a":1}');
if (args.includes('wait')) { process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000); console.error('ready'); }
else process.exit(end ? Number(end.slice(4)) : 0);
`,
);
chmodSync(program, 0o755);

const terraform = (options: { pluginDir?: string; signal?: AbortSignal } = {}) =>
  new Terraform({ program, folder, env: process.env, pluginDir: undefined, logFile, ...options });
const logged = () => readFileSync(logFile, 'utf8');

describe('Terraform', () => {
  it('uses providers from the mirror', async () => {
    await terraform({ pluginDir: '/some where' }).init();
    expect(logged()).toContain('called init -no-color -input=false -plugin-dir=/some where');
  });

  it('fails with the output of Terraform', async () => {
    const failed = terraform().run('apply', 'end=3');
    await expect(failed).rejects.toThrow(TerraformError);
    await expect(failed).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('called apply -no-color end=3'),
    });
  });

  it('distinguishes a plan with changes, one without, and a failure', async () => {
    await expect(terraform().planChanges('end=2')).resolves.toBe(true);
    await expect(terraform().planChanges('end=0')).resolves.toBe(false);
    await expect(terraform().planChanges('end=1')).rejects.toThrow(TerraformError);
  });

  it('returns JSON', async () => {
    await expect(terraform().json('output', '-json')).resolves.toEqual({ a: 1 });
  });

  it('forwards an interruption and waits for the end', async () => {
    const stop = new AbortController();
    const failed = expect(terraform({ signal: stop.signal }).run('destroy', 'wait')).rejects.toMatchObject({
      exitCode: 7,
    });
    while (!logged().includes('ready')) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await failed;
  });

  it('says that the program is missing', async () => {
    const absent = new Terraform({
      program: path.join(folder, 'absent'),
      folder,
      env: {},
      pluginDir: undefined,
      logFile,
    });
    await expect(absent.init()).rejects.toThrow('ENOENT');
  });
});
