// The npm packages: installed exactly as the lockfile says.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/** @param {string[]} parts files' contents or other text @returns {string} one hash of all */
function fingerprint(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/**
 * Compares what npm says it has installed with the lockfile. npm writes its own record (`node_modules/.package-lock.json`)
 * when an install is complete, so an install that was interrupted has none, or an old one.
 * @param {string} root project folder
 * @returns {boolean} whether every package of the lockfile is installed in its version, except packages of other platforms
 */
function matchesLockfile(root) {
  /** @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Packages */
  try {
    /** @param {string} file @returns {Packages} */
    const packages = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;
    const wanted = packages('package-lock.json');
    const installed = packages('node_modules/.package-lock.json');
    return Object.entries(wanted).every(([place, entry]) => {
      if (place === '' || entry.link) return true;
      const there = installed[place];
      return there === undefined ? entry.optional === true : there.version === entry.version;
    });
  } catch {
    return false;
  }
}

/**
 * @param {string} root project folder
 * @returns {{ upToDate: boolean, stamp: () => void }} `stamp` records a complete install, to be called last
 */
function npmState(root) {
  const stampFile = path.join(root, 'node_modules', '.setup-stamp');
  const wanted = fingerprint([fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'), process.arch]);
  const stamp = () => fs.writeFileSync(stampFile, wanted);
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wanted) return { upToDate: true, stamp };
  // The user ran npm directly. Nothing to do if the outcome is the same.
  if (matchesLockfile(root)) {
    stamp();
    return { upToDate: true, stamp };
  }
  return { upToDate: false, stamp };
}

/** @returns {[string, string[]]} the program and first arguments that run npm, preferably the npm that started this process */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  // Run with npm's own Node, because `npm ci` removes the pinned one for a moment.
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return [process.env['npm_node_execpath'] ?? process.execPath, [cli]];
  const besideNode = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return fs.existsSync(besideNode) ? [process.execPath, [besideNode]] : ['npm', []];
}

module.exports = { npmState, npmCommand, matchesLockfile, fingerprint };
