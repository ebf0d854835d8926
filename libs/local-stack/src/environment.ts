import { findJdks, firstGood } from '@ad-analytics/setup/toolchain.cjs';
import { CONFIG_FILE, PACKAGE_ZIP, ROOT, RUN_ROOT, VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';
import { CommandError } from '@ad-analytics/command-line/errors';

/** Paths of the tools and inputs of a working tree. */
export type ProjectEnvironment = ReturnType<typeof projectEnvironment>;

/** @returns the paths of the tools and inputs of this working tree @throws CommandError (exit code 2) without a usable JDK */
export function projectEnvironment() {
  const jdk = firstGood(findJdks());
  if (jdk === undefined) throw new CommandError('A usable JDK is missing: run `npm run doctor`.', 2);
  return {
    root: ROOT,
    runRoot: RUN_ROOT,
    python: VENV_PYTHON,
    java: jdk.command,
    packageZip: PACKAGE_ZIP,
    configFile: CONFIG_FILE,
  };
}
