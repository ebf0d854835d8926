// Downloads a JDK with cjdk, which checks the hash and unpacks it. For machines without a suitable JDK.
const path = require('node:path');
const { ROOT, RUN_ROOT } = require('./layout.cjs');
const { JDK_FOLDER, JDK_VERSION, downloadedJdks } = require('./downloads.cjs');
const { StepError, runStep } = require('./step.cjs');

const LOG = path.join(RUN_ROOT, 'setup', 'jdk-download.log');

/**
 * @param {string} python interpreter of an environment with cjdk
 * @param {{ url: string, sha256: string }} archive what to download; its address begins with https
 * @param {{ folder?: string, env?: NodeJS.ProcessEnv, log?: string }} [options] where to unpack it, environment, and log
 * @returns {Promise<void>} rejects with a StepError: the server cannot be reached, the hash differs, or the archive contains no JDK
 */
async function downloadJdk(python, archive, { folder = JDK_FOLDER, env = process.env, log = LOG } = {}) {
  const how = ['-m', 'cjdk', '--cache-dir', folder, '--no-progress', 'cache-package', '--sha256', archive.sha256];
  const title = `Downloading the JDK ${JDK_VERSION}`;
  await runStep(title, log, python, [...how, `tgz+${archive.url}`], { cwd: ROOT, env });
  if (downloadedJdks(folder).length === 0) throw new StepError(`${archive.url} does not contain a JDK; see ${folder}.`);
}

module.exports = { downloadJdk };
