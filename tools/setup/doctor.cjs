// Prints which tools are missing on this machine and how to install them.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { described, jdkArchive } = require('./downloads.cjs');
const { ROOT } = require('./layout.cjs');
const { pinnedVersion, requiredVersion, suffices } = require('./project-node.cjs');
const { findJdks, findPythons, firstGood } = require('./toolchain.cjs');

/** Measured: 1.3 GB node_modules, 1.1 GB Python environment, 0.5 GB Maven repository; the rest for logs and checkpoints. */
const DISK_NEEDED_GB = 5;
/** Flink's two JVMs, the emulator and the tools together. */
const MEMORY_NEEDED_GB = 6;

/**
 * @typedef {{ name: string, status: 'ok' | 'warning' | 'download' | 'missing', detail: string, help: string[] }} Check
 *   `download`: the set-up downloads it. `help` lists what to do, one line each; empty when the status is ok.
 */

/**
 * @param {Record<string, string>} commands install command by package manager
 * @param {NodeJS.Platform} platform the operating system
 * @returns {string[]} the commands of that system's package managers
 */
function installHints(commands, platform) {
  /** @type {Partial<Record<NodeJS.Platform, string[]>>} */
  const managers = { linux: ['apt', 'dnf'], darwin: ['brew'], win32: ['winget'] };
  const names = managers[platform] ?? Object.keys(commands);
  return names.flatMap((name) => (commands[name] === undefined ? [] : [`${name}: ${commands[name]}`]));
}

/**
 * @param {string} version of this process
 * @param {string | undefined} pinned version that the set-up installs on this machine, if one exists
 * @returns {Check}
 */
function checkNode(version, pinned) {
  const here = `${version} (${process.execPath})`;
  if (version === pinned) return { name: 'Node', status: 'ok', detail: here, help: [] };
  if (pinned)
    return { name: 'Node', status: 'ok', detail: `${pinned}, installed by the set-up; this is ${here}`, help: [] };
  if (suffices(version)) return { name: 'Node', status: 'ok', detail: here, help: [] };
  const detail = `${requiredVersion()} or later is needed, and the set-up cannot install it on this machine: this is ${here}`;
  const help = ['from https://nodejs.org, or with a version manager: nvm install 22, fnm install 22'];
  return { name: 'Node', status: 'missing', detail, help };
}

/** How to install a suitable Python, by package manager. */
const PYTHON_COMMANDS = {
  apt: 'sudo apt install python3.11 python3.11-venv   (Debian 12; on Ubuntu from ppa:deadsnakes/ppa)',
  dnf: 'sudo dnf install python3.11',
  brew: 'brew install python@3.11',
  winget: 'winget install Python.Python.3.11',
};
/** Any Python with venv. With it, the set-up can download the required version. */
const VENV_COMMANDS = {
  apt: 'sudo apt install python3 python3-venv',
  dnf: 'sudo dnf install python3',
  brew: 'brew install python3',
};
const JDK_COMMANDS = {
  apt: 'sudo apt install openjdk-17-jdk-headless   (Debian 13: openjdk-21-jdk-headless)',
  dnf: 'sudo dnf install java-21-openjdk-devel',
  brew: 'brew install --cask temurin@17',
  winget: 'winget install EclipseAdoptium.Temurin.17.JDK',
};

const YOURSELF = 'or install it yourself:';

/** @param {NodeJS.Platform} platform @returns {string[]} how to get a Python that fits */
function pythonHelp(platform) {
  return [...installHints(PYTHON_COMMANDS, platform), 'anywhere: pyenv install 3.11, then put its python3.11 on PATH'];
}

/** @param {NodeJS.Platform} platform @returns {string[]} how to get a JDK that fits */
function jdkHelp(platform) {
  return [...installHints(JDK_COMMANDS, platform), 'if it is installed elsewhere, set JAVA_HOME to its folder'];
}

/**
 * @param {NodeJS.Platform} platform the operating system
 * @param {import('./toolchain.cjs').Python[]} [pythons] as found
 * @returns {Check}
 */
function checkPython(platform, pythons = findPythons()) {
  const good = firstGood(pythons);
  if (good) return { name: 'Python', status: 'ok', detail: `${good.version} (${good.command})`, help: [] };
  const why = [...new Set(pythons.map((python) => python.problem))].join('; ') || 'Python is missing on PATH';
  if (platform !== 'win32' && pythons.some(({ venv }) => venv)) {
    const detail = `the set-up downloads ${described('python')}: ${why}`;
    return { name: 'Python', status: 'download', detail, help: [YOURSELF, ...pythonHelp(platform)] };
  }
  const enough = installHints(VENV_COMMANDS, platform).map((hint) => `${hint}   (the set-up then downloads 3.11)`);
  const detail = `3.10 or 3.11 with venv is needed: ${why}`;
  return { name: 'Python', status: 'missing', detail, help: [...enough, ...pythonHelp(platform)] };
}

/**
 * @param {NodeJS.Platform} platform the operating system
 * @param {import('./toolchain.cjs').Tool[]} [jdks] as found
 * @param {string} [arch] of the processor, as Node calls it
 * @returns {Check}
 */
function checkJdk(platform, jdks = findJdks(), arch = process.arch) {
  const good = firstGood(jdks);
  if (good)
    return {
      name: 'JDK',
      status: 'ok',
      detail: `${good.version} (${path.dirname(path.dirname(good.command))})`,
      help: [],
    };
  const why =
    [...new Set(jdks.map((jdk) => jdk.problem))].join('; ') ||
    'java is missing in JAVA_HOME, on PATH and in the usual folders';
  const help = jdkHelp(platform);
  if (jdkArchive(platform, arch)) {
    const detail = `the set-up downloads ${described('jdk')}: ${why}`;
    return { name: 'JDK', status: 'download', detail, help: [YOURSELF, ...help] };
  }
  return { name: 'JDK', status: 'missing', detail: `a JDK of version 11 to 21 is needed: ${why}`, help };
}

/** @returns {Check} */
function checkDisk() {
  const stat = fs.statfsSync(ROOT);
  const free = (stat.bavail * stat.bsize) / 1e9;
  const detail = `${free.toFixed(1)} GB free in ${ROOT}`;
  // The disk space of what is already installed is not required again.
  const installed = fs.existsSync(path.join(ROOT, 'node_modules')) && fs.existsSync(path.join(ROOT, '.venv'));
  if (free >= (installed ? 2 : DISK_NEEDED_GB)) return { name: 'Disk', status: 'ok', detail, help: [] };
  const help = [`about ${DISK_NEEDED_GB} GB are needed for packages and runs; old runs in .run/ can be deleted`];
  return { name: 'Disk', status: 'warning', detail, help };
}

/** @returns {Check} */
function checkMemory() {
  const total = os.totalmem() / 1e9;
  const detail = `${total.toFixed(1)} GB, ${os.cpus().length} processors`;
  if (total >= MEMORY_NEEDED_GB) return { name: 'Memory', status: 'ok', detail, help: [] };
  const help = [
    `the local stack needs about ${MEMORY_NEEDED_GB} GB; with less, close other programs or use --managed-memory 256`,
  ];
  return { name: 'Memory', status: 'warning', detail, help };
}

/** @param {NodeJS.Platform} platform @returns {Check} */
function checkSystem(platform) {
  const detail = `${os.type()} ${os.release()} ${os.arch()}`;
  if (platform !== 'win32') return { name: 'System', status: 'ok', detail, help: [] };
  const help = ['PyFlink does not support Windows: use WSL 2 (`wsl --install`) and clone the project inside it'];
  return { name: 'System', status: 'missing', detail, help };
}

/**
 * @param {NodeJS.Platform} [platform] the operating system to give hints for
 * @returns {Check[]} every check, in the order to show
 */
function examine(platform = process.platform) {
  return [
    checkSystem(platform),
    checkNode(process.versions.node, pinnedVersion()),
    checkPython(platform),
    checkJdk(platform),
    checkDisk(),
    checkMemory(),
  ];
}

/**
 * @param {Check[]} checks as examined
 * @returns {string} a line for each check; below each check that is not ok, what to do
 */
function report(checks) {
  const marks = { ok: 'ok      ', warning: 'warning ', download: 'download', missing: 'MISSING ' };
  return checks
    .flatMap((check) => [
      `  ${marks[check.status]}  ${check.name.padEnd(7)} ${check.detail}`,
      ...check.help.map((line) => `${' '.repeat(20)}-> ${line}`),
    ])
    .join('\n');
}

/** @param {Check[]} checks as examined @returns {boolean} whether the project can be set up and run */
function healthy(checks) {
  return checks.every((check) => check.status !== 'missing');
}

module.exports = {
  DISK_NEEDED_GB,
  MEMORY_NEEDED_GB,
  checkJdk,
  checkNode,
  checkPython,
  examine,
  report,
  healthy,
  installHints,
  jdkHelp,
  pythonHelp,
};
