// The project's Python environment (.venv): Flink, the local AWS and the Python linters, pinned with hashes.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { fingerprint } = require('./npm-packages.cjs');

/**
 * @param {string} venv folder of the environment
 * @param {string} python its interpreter
 * @param {string[]} requirements files
 * @param {string} version of the Python it is made from: another one needs another environment
 * @returns {{ upToDate: boolean, usable: boolean, stamp: () => void }} `usable`: a whole environment of that version,
 *   only with other packages; otherwise it must be made again. `stamp` records a complete install, to be called last
 */
function pythonState(venv, python, requirements, version) {
  const stampFile = path.join(venv, '.setup-stamp');
  const wanted = fingerprint([version, ...requirements.map((file) => fs.readFileSync(file, 'utf8'))]);
  const stamp = () => fs.writeFileSync(stampFile, `${version} ${wanted}`);
  const found = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8').split(' ') : [];
  const runs = spawnSync(python, ['-c', 'import pip'], { timeout: 60_000 }).status === 0;
  const usable = runs && found[0] === version;
  return { upToDate: usable && found[1] === wanted, usable, stamp };
}

/** Environment for pip: no questions, no advice about its own version. @returns {NodeJS.ProcessEnv} */
function pipEnvironment() {
  return { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', PIP_REQUIRE_VIRTUALENV: '0' };
}

/** @param {string[]} requirements files @returns {string[]} arguments of `python` that install them, hashes checked */
function pipInstallArguments(requirements) {
  const files = requirements.flatMap((file) => ['-r', file]);
  return ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--progress-bar', 'off', ...files];
}

module.exports = { pythonState, pipEnvironment, pipInstallArguments };
