// Installs everything that a fresh clone needs, once, and prints each step.
const fs = require('node:fs');
const path = require('node:path');
const { announceFirstRun, announced } = require('./announcements.cjs');
const { downloadJdk } = require('./download-jdk.cjs');
const { downloadPython } = require('./download-python.cjs');
const { jdkArchive } = require('./downloads.cjs');
const layout = require('./layout.cjs');
const { examine, healthy, jdkHelp, pythonHelp, report } = require('./doctor.cjs');
const { acquire } = require('./lock.cjs');
const { npmCommand, npmState } = require('./npm-packages.cjs');
const { pipEnvironment, pipInstallArguments, pythonState } = require('./python-environment.cjs');
const { projectNode, requiredVersion, suffices } = require('./project-node.cjs');
const { StepError, runStep, together, unlessStopped } = require('./step.cjs');
const { findJdks, findPythons, firstGood } = require('./toolchain.cjs');

const { PACKAGE_ZIP, REQUIREMENTS, ROOT, RUN_ROOT, VENV, VENV_PYTHON, npmProgram, ownPython } = layout;
const LOGS = path.join(RUN_ROOT, 'setup');

const onWait = (/** @type {number} */ pid) => console.error(`. Waiting for another set-up to finish (process ${pid})`);

/** Without a pinned Node for the platform, this one is used. */
function checkNode() {
  if (projectNode() !== process.execPath || suffices(process.versions.node)) return;
  throw new StepError(
    `Node ${requiredVersion()} or later is needed: the pinned Node is missing for ${process.platform} ${process.arch}, and this is ${process.versions.node}.`,
  );
}

async function ensureNpmPackages() {
  const state = npmState(ROOT);
  if (state.upToDate) return;
  const [command, args] = npmCommand();
  const ci = [...args, 'ci', '--no-audit', '--no-fund'];
  await runStep('Installing npm packages', path.join(LOGS, 'npm-ci.log'), command, ci, { cwd: ROOT });
  state.stamp();
}

async function ensureToolPython() {
  const pythons = findPythons();
  const helper = pythons.find(({ venv }) => venv);
  if (firstGood(pythons) || !helper) return;
  await announced('python', pythonHelp(process.platform), () => downloadPython(helper.command));
}

async function ensureJdk() {
  const archive = jdkArchive();
  if (firstGood(findJdks()) || !archive) return;
  const venv = path.join(layout.TOOLCHAIN, 'cjdk');
  const python = layout.pythonIn(venv);
  await announced('jdk', jdkHelp(process.platform), async () => {
    await ensurePython({
      venv,
      python,
      requirements: layout.JDK_REQUIREMENTS,
      what: 'those that download a JDK',
      logs: '-jdk',
    });
    await downloadJdk(python, archive);
  });
}

/**
 * Makes a Python environment with exactly these packages, or does nothing if it is up to date.
 * @param {{ venv: string, python: string, requirements: string[], what: string, logs: string }} environment its folder, the
 *   interpreter in it, files with hashes, what is in it in words, and a name for its logs
 */
async function ensurePython({ venv, python: interpreter, requirements, what, logs }) {
  await ensureToolPython();
  const python = firstGood(findPythons());
  if (!python) throw new StepError('A usable Python is missing: run `npm run doctor`.');
  const state = pythonState(venv, interpreter, requirements, python.version);
  if (state.upToDate) return;
  if (!state.usable) {
    await unlessStopped();
    fs.rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
    const create = ['-m', 'venv', venv];
    const title = `Creating the Python ${python.version} environment`;
    await runStep(title, path.join(LOGS, `venv${logs}.log`), python.command, create, { cwd: ROOT });
  }
  await runStep(
    `Installing Python packages (${what})`,
    path.join(LOGS, `pip${logs}.log`),
    interpreter,
    pipInstallArguments(requirements),
    { cwd: ROOT, env: pipEnvironment() },
  );
  state.stamp();
}

/**
 * Installs the npm packages of a folder that has a separate lockfile, because the rest of the project does not need them.
 * @param {string} folder with package.json and package-lock.json
 * @returns {Promise<void>} rejects with a StepError that says what to do
 */
async function prepareOwnPackages(folder) {
  const name = path.basename(folder);
  const release = await acquire(path.join(RUN_ROOT, `setup-${name}.lock`), { onWait });
  try {
    const state = npmState(folder);
    if (state.upToDate) return;
    const [command, args] = npmCommand();
    const ci = [...args, 'ci', '--no-audit', '--no-fund'];
    const log = path.join(LOGS, `npm-ci-${name}.log`);
    await runStep(`Installing npm packages (those of ${name})`, log, command, ci, { cwd: folder });
    state.stamp();
  } finally {
    release();
  }
}

function ensurePythonEnvironment() {
  const what = 'Flink 1.20 with its distribution, the local AWS, linters';
  return ensurePython({ venv: VENV, python: VENV_PYTHON, requirements: REQUIREMENTS, what, logs: '' });
}

/**
 * Creates the environment of a project that has a separate one, because its packages and those of `.venv` exclude each other.
 * @param {string} folder of the project, with a requirements.txt
 * @returns {Promise<string>} the interpreter; rejects with a StepError that says what to do
 */
async function prepareOwnPython(folder) {
  const project = path.basename(folder);
  const environment = { ...ownPython(folder), what: `those of ${project}`, logs: `-${project}` };
  const release = await acquire(path.join(RUN_ROOT, `setup-${project}.lock`), { onWait });
  try {
    await ensurePython(environment);
  } finally {
    release();
  }
  return environment.python;
}

/**
 * @returns {NodeJS.ProcessEnv} environment for Nx: no daemon left behind, the found JDK, nothing of an Nx that runs us. Its plugins run in
 *   its process: their separate processes take half of a short run, and outlive an interrupted one for 30 s
 */
function nxEnvironment() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_')));
  return {
    ...env,
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    JAVA_HOME: firstGood(findJdks())?.home,
  };
}

async function ensurePackage() {
  const nx = [npmProgram('nx'), 'run', 'flink:package'];
  const title = 'Building the Flink application (Maven build and zip; cached by Nx)';
  await runStep(title, path.join(LOGS, 'package.log'), projectNode(), nx, { cwd: ROOT, env: nxEnvironment() });
  if (!fs.existsSync(PACKAGE_ZIP)) {
    throw new StepError(`nx run flink:package succeeded, but did not write ${PACKAGE_ZIP}; see ${LOGS}/package.log`);
  }
}

/**
 * Does what is left to do of: npm packages, Python environment, packaged Flink application. Safe to interrupt and to run twice at once.
 * @param {{ python: boolean, application: boolean }} parts what the command needs beyond the npm packages
 * @returns {Promise<void>} rejects with a StepError that says what to do
 */
async function prepare(parts) {
  if (parts.python || parts.application) {
    const checks = examine();
    await unlessStopped();
    if (!healthy(checks)) throw new StepError(`Something is missing on this machine:\n\n${report(checks)}\n`);
  }
  announceFirstRun(parts);
  const release = await acquire(path.join(RUN_ROOT, 'setup.lock'), { onWait });
  try {
    // One downloads while the other unpacks.
    if (parts.python) await together(ensureNpmPackages, ensurePythonEnvironment);
    else await ensureNpmPackages();
    checkNode();
    if (parts.application) {
      await ensureJdk();
      await ensurePackage();
    }
  } finally {
    release();
  }
}

module.exports = { prepare, prepareOwnPackages, prepareOwnPython, nxEnvironment };
