// Downloads the Python version that Flink 1.20 needs with uv, which checks the hash. For machines with another version.
const fs = require('node:fs');
const path = require('node:path');
const { REQUIREMENTS, ROOT, RUN_ROOT, TOOLCHAIN, pythonIn } = require('./layout.cjs');
const { PYTHON_FOLDER, PYTHON_VERSION } = require('./downloads.cjs');
const { pipEnvironment, pipInstallArguments } = require('./python-environment.cjs');
const { requirementEntries } = require('./split-requirements.cjs');
const { runStep } = require('./step.cjs');

const LOGS = path.join(RUN_ROOT, 'setup');

/**
 * @param {string[]} [files] requirements with hashes
 * @returns {string} the requirement of uv, in the version that the project pins
 * @throws {Error} when none pins it
 */
function uvRequirement(files = REQUIREMENTS) {
  const entries = files.flatMap((file) => requirementEntries(fs.readFileSync(file, 'utf8')));
  const uv = entries.find(({ name }) => name === 'uv');
  if (uv === undefined) throw new Error(`None of ${files.join(', ')} pins uv.`);
  return `${uv.text}\n`;
}

/**
 * @param {string} folder where to put Python
 * @returns {string[]} arguments of uv
 */
function uvArguments(folder) {
  const quiet = ['--no-progress', '--no-config', '--no-cache'];
  return ['-m', 'uv', 'python', 'install', PYTHON_VERSION, '--install-dir', folder, '--no-bin', ...quiet];
}

/**
 * @param {string} command a Python of any version from 3.8, with venv
 * @returns {Promise<void>} rejects with a StepError
 */
async function downloadPython(command) {
  const venv = path.join(TOOLCHAIN, 'uv');
  const python = pythonIn(venv);
  const requirements = path.join(TOOLCHAIN, 'uv-requirements.txt');
  fs.rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  fs.mkdirSync(TOOLCHAIN, { recursive: true });
  fs.writeFileSync(requirements, uvRequirement());
  await runStep('Preparing uv', path.join(LOGS, 'uv-venv.log'), command, ['-m', 'venv', venv], { cwd: ROOT });
  const install = pipInstallArguments([requirements]);
  const options = { cwd: ROOT, env: pipEnvironment() };
  await runStep('Installing uv', path.join(LOGS, 'uv-install.log'), python, install, options);
  const title = `Downloading Python ${PYTHON_VERSION}`;
  await runStep(title, path.join(LOGS, 'python-download.log'), python, uvArguments(PYTHON_FOLDER), { cwd: ROOT });
}

module.exports = { downloadPython, uvArguments, uvRequirement };
