// Where things are in the working tree. Shared by the set-up (plain Node) and the tools (TypeScript).
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');
const VENV = path.join(ROOT, '.venv');

module.exports = {
  /** Root folder of the project. */
  ROOT,
  /** The project's own Python environment. */
  VENV,
  /** Python of that environment; always called as `python -m module`, because scripts in bin/ break in paths with a space. */
  VENV_PYTHON:
    process.platform === 'win32' ? path.join(VENV, 'Scripts', 'python.exe') : path.join(VENV, 'bin', 'python'),
  /**
   * Script of an installed npm program, to be run by this Node.
   * @param {string} name for example "nx"
   * @returns {string} its path
   */
  npmProgram: (name) => path.join(ROOT, 'node_modules', '.bin', name),
  /** Logs, checkpoints and working files of every run; ignored by git. */
  RUN_ROOT: path.join(ROOT, '.run'),
  /** The deployable application, built by `nx run flink:package`. */
  PACKAGE_ZIP: path.join(ROOT, 'flink', 'dist', 'ad-analytics-flink.zip'),
  /** The committed settings that infrastructure, job, generator and tests read. */
  CONFIG_FILE: path.join(ROOT, 'flink', 'kinesis-config.json'),
  /** Python requirements, pinned with hashes, installed together. */
  REQUIREMENTS: [path.join(ROOT, 'flink', 'requirements.txt'), path.join(ROOT, 'tools', 'requirements.txt')],
};
