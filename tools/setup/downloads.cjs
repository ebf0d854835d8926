// The Python and the JDK that the set-up downloads if the machine has no suitable one: version, size, source and target folder.
const fs = require('node:fs');
const path = require('node:path');
const { TOOLCHAIN } = require('./layout.cjs');
const downloads = require('./downloads.json');

const PYTHON_FOLDER = path.join(TOOLCHAIN, 'python');
const JDK_FOLDER = path.join(TOOLCHAIN, 'jdk');
/** From .toolchain/jdk to a home: the cache's own folders, the archive's one, on macOS Contents/Home. */
const DEEPEST = 7;

/**
 * @param {string} folder where to look
 * @param {string[]} program path of a program below the wanted folder, for example bin, javac
 * @param {number} depth how many folders deep
 * @returns {string[]} the folders that hold the program
 */
function foldersWith(folder, program, depth) {
  if (!fs.existsSync(folder)) return [];
  if (fs.existsSync(path.join(folder, ...program))) return [folder];
  if (depth === 0) return [];
  const inside = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inside.flatMap(({ name }) => foldersWith(path.join(folder, name), program, depth - 1)).sort();
}

/** @param {string} [folder] where uv puts it @returns {string[]} the Python that the set-up has downloaded, if it has */
function downloadedPythons(folder = PYTHON_FOLDER) {
  const program = ['bin', 'python3'];
  // uv keeps a link without the patch version beside the folder itself, which is a link.
  return foldersWith(folder, program, 1).map((home) => path.join(home, ...program));
}

/** @param {string} [folder] where it was unpacked @returns {string[]} home of the JDK that the set-up has downloaded, if it has */
function downloadedJdks(folder = JDK_FOLDER) {
  return foldersWith(folder, ['bin', 'javac'], DEEPEST);
}

/**
 * @param {string} [platform] as Node calls it
 * @param {string} [arch] as Node calls it
 * @param {NodeJS.ProcessEnv} [env] JDK_INSTALL_MIRROR in it replaces the address before the release
 * @returns {{ url: string, sha256: string } | undefined} the archive; undefined if none exists for the machine
 */
function jdkArchive(platform = process.platform, arch = process.arch, env = process.env) {
  /** @type {Record<string, { file: string, sha256: string }>} */
  const archives = downloads.jdk.archives;
  const archive = archives[`${platform}-${arch}`];
  if (archive === undefined) return undefined;
  const base = (env[downloads.jdk.setting] || downloads.jdk.base).replace(/\/+$/, '');
  return { url: `${base}/${archive.file}`, sha256: archive.sha256 };
}

/**
 * @param {'python' | 'jdk'} tool
 * @param {NodeJS.ProcessEnv} [env] with the setting that names a mirror, if there is one
 * @returns {string} version, size and source, as text
 */
function described(tool, env = process.env) {
  const { version, size, source, setting } = downloads[tool];
  const mirror = env[setting];
  return `${version} (${size}, from ${mirror ? `${mirror}, as ${setting} says` : source})`;
}

module.exports = {
  JDK_FOLDER,
  PYTHON_FOLDER,
  PYTHON_VERSION: downloads.python.version,
  JDK_VERSION: downloads.jdk.version,
  downloadedJdks,
  downloadedPythons,
  described,
  foldersWith,
  jdkArchive,
};
