import { existsSync } from 'node:fs';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { startTestEmulator } from './test-emulator';

/** Where the teardown finds what the setup has started; jest runs both in one process, each with separate modules. */
export interface StartedLocalAws {
  stopLocalAws?: () => Promise<void>;
}

/**
 * Jest's global setup of a project with tests that want a local AWS: starts one, unless `TEST_AWS_ENDPOINT` names one that runs.
 * Without the project's Python environment it starts none, and those tests skip with the reason.
 */
export default async function startLocalAws(): Promise<void> {
  if (process.env['TEST_AWS_ENDPOINT'] !== undefined) return;
  if (!existsSync(VENV_PYTHON)) return;
  const { endpoint, stop } = await startTestEmulator();
  (globalThis as StartedLocalAws).stopLocalAws = stop;
  process.env['TEST_AWS_ENDPOINT'] = endpoint;
}
