import path from 'node:path';
import { RUN_ROOT, VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { startEmulator } from '../emulator';
import { Parts } from '../parts';
import { createRunFolder } from '../run-folder';

const REGION = 'us-east-1';

/**
 * Starts a local AWS for tests.
 * @returns its URL, and how to stop it
 * @throws PartFailedError when it does not start
 */
export async function startTestEmulator(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const folder = createRunFolder(RUN_ROOT, 'test');
  const parts = new Parts();
  try {
    const logFile = path.join(folder, 'logs', 'ministack.log');
    const { endpoint } = await startEmulator({ python: VENV_PYTHON, folder, logFile, region: REGION }, parts);
    return { endpoint, stop: () => parts.stop() };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/**
 * Starts a local AWS for the tests of all projects, and always stops it afterwards.
 * @param work called with the environment variables of the local AWS for the tests
 * @returns the result of `work`
 * @throws PartFailedError when it does not start
 */
export async function withTestEmulator<T>(work: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  const { endpoint, stop } = await startTestEmulator();
  try {
    return await work({ TEST_AWS_ENDPOINT: endpoint });
  } finally {
    await stop();
  }
}
