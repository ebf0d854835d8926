import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { applyBootstrap } from './bootstrap';
import { UsageError } from './errors';
import { stateExists } from './state-object';

const folder = mkdtempSync(path.join(os.tmpdir(), 'bootstrap '));
const overrideFile = path.join(folder, 'backend_override.tf.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the bootstrap. @returns what Terraform was called with, and with which backend */
async function run(exists: boolean, fails?: string): Promise<string[]> {
  const calls: string[] = [];
  const call = async (command: string, ...args: readonly string[]) => {
    const backend = existsSync(overrideFile)
      ? JSON.stringify(JSON.parse(readFileSync(overrideFile, 'utf8')).terraform.backend)
      : 's3';
    calls.push(`${command} ${args.join(' ')} (${backend})`);
    if (command === fails) throw new Error('no');
  };
  const terraform = { init: (...args: readonly string[]) => call('init', ...args), run: call };
  const tools = { terraform, stateExists: async () => exists, overrideFile, say: () => {} };
  await applyBootstrap(tools, true).catch((error: Error) => calls.push(error.message));
  return calls;
}

describe('applyBootstrap', () => {
  it('begins with a local state, and moves it into the new bucket', async () => {
    expect(await run(false)).toEqual([
      'init -reconfigure ({"local":{"path":"before-the-bucket.tfstate"}})',
      'apply -auto-approve ({"local":{"path":"before-the-bucket.tfstate"}})',
      'init -migrate-state -force-copy (s3)',
    ]);
  });

  it('uses the bucket once the state is there', async () => {
    expect(await run(true)).toEqual(['init -reconfigure (s3)', 'apply -auto-approve (s3)']);
  });

  it('does not move the state if the bucket could not be created, and removes the override', async () => {
    expect((await run(false, 'apply')).at(-1)).toBe('no');
    expect(existsSync(overrideFile)).toBe(false);
  });
});

describe('stateExists', () => {
  const answering = (httpStatusCode: number) => ({
    send: async () => {
      if (httpStatusCode === 200) return {};
      throw new S3ServiceException({ name: 'Error', $fault: 'client', $metadata: { httpStatusCode } });
    },
  });
  const exists = (status: number) => stateExists(answering(status) as never, 'bucket', 'key');

  it('detects whether the state exists', async () => {
    await expect(exists(200)).resolves.toBe(true);
    await expect(exists(404)).resolves.toBe(false);
  });

  it('does not treat the bucket of another account as empty', async () => {
    await expect(exists(403)).rejects.toThrow(UsageError);
    await expect(exists(500)).rejects.toThrow(S3ServiceException);
  });
});
