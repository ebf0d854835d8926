// The Node that everything runs on: pinned in package.json, so that it does not depend on what the machine has. It comes as the platform packages of the npm
// package `node`: that one itself would fetch them in an install script, past the lockfile's hashes.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./layout.cjs');

const PINNED = path.join(ROOT, 'node_modules', '.bin', 'node');

/** @typedef {{ engines: { node: string }, optionalDependencies: Record<string, string> }} Manifest */

/** @returns {Manifest} what package.json says of Node */
function manifest() {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
}

/**
 * @param {string} platform as Node calls it
 * @param {string} arch as Node calls it
 * @returns {string | undefined} version of Node that the set-up installs there; undefined where no package exists for it
 */
function pinnedVersion(platform = process.platform, arch = process.arch, { optionalDependencies } = manifest()) {
  return optionalDependencies[`node-${platform}-${arch}`] ?? optionalDependencies[`node-bin-${platform}-${arch}`];
}

/**
 * @param {string} version such as 22.23.2
 * @returns {boolean} whether it is one that package.json's `engines` allows
 */
function suffices(version, { engines } = manifest()) {
  const numbers = (/** @type {string} */ text) => text.split('.').map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(requiredVersion({ engines }));
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** @returns {string} the oldest version that package.json's `engines` allows */
function requiredVersion({ engines } = /** @type {Pick<Manifest, 'engines'>} */ (manifest())) {
  return engines.node.replace('>=', '');
}

/** @returns {string} the program: the pinned one, or that of this process where the platform has none, or it is not installed yet */
function projectNode() {
  return fs.existsSync(PINNED) ? fs.realpathSync(PINNED) : process.execPath;
}

module.exports = { pinnedVersion, projectNode, requiredVersion, suffices };
