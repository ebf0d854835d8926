import { existsSync } from 'node:fs';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { startTestEmulator } from './test-emulator';

/** Global variable by which the setup passes its emulator to the teardown; jest runs both in one process, but with separate modules. */
export interface StartedLocalAws {
  stopLocalAws?: () => Promise<void>;
}

/**
 * Jest's global setup of a project with tests that need a local AWS: starts it, unless `TEST_AWS_ENDPOINT` is the URL of a running one.
 * Without the project's Python environment, it is not started, and those tests skip with the reason.
 */
export default async function startLocalAws(): Promise<void> {
  if (process.env['TEST_AWS_ENDPOINT'] !== undefined) return;
  if (!existsSync(VENV_PYTHON)) return;
  const { endpoint, stop } = await startTestEmulator();
  (globalThis as StartedLocalAws).stopLocalAws = stop;
  process.env['TEST_AWS_ENDPOINT'] = endpoint;
}
