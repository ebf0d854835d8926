// Finds Python and the JDK on this machine and checks their versions.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { downloadedJdks, downloadedPythons } = require('./downloads.cjs');

/** MiniStack needs 3.10; the Apache Beam that Flink 1.20 is tied to has no wheels after 3.11. */
const PYTHON_MIN_MINOR = 10;
const PYTHON_MAX_MINOR = 11;
/** The jar is compiled for release 11, the managed service's Java; Flink 1.20 supports up to 21. */
const JAVA_RANGE = { min: 11, max: 21 };

/**
 * @typedef {{ command: string, version: string, good: boolean, problem: string | undefined }} Tool
 *   `problem` says in one sentence why the tool cannot be used; undefined when `good`.
 * @typedef {Tool & { venv: boolean }} Python `venv`: it can make environments with pip, whatever its version
 */

/** Far more than a program takes to print its version. On a busy machine it may get no processor for a while, and is not missing then. */
const PATIENCE_MS = 120_000;

/**
 * @param {string} command program to run
 * @param {string[]} args its arguments
 * @returns {string | undefined} what it printed on both outputs, or undefined when it cannot be started or fails
 */
function capture(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: PATIENCE_MS, env: process.env });
  return result.error || result.status !== 0 ? undefined : `${result.stdout}\n${result.stderr}`;
}

/**
 * @param {string} text output of `python --version`, for example "Python 3.11.7"
 * @returns {{ version: string, good: boolean, problem: string | undefined } | undefined} undefined when it is not a version
 */
function checkPython(text) {
  const match = /Python (\d+)\.(\d+)\.(\d+)/.exec(text);
  if (!match) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const version = `${match[1]}.${match[2]}.${match[3]}`;
  if (major < 3 || (major === 3 && minor < PYTHON_MIN_MINOR)) {
    return { version, good: false, problem: `Python ${version} is too old: MiniStack, the local AWS, needs 3.10` };
  }
  if (major > 3 || minor > PYTHON_MAX_MINOR) {
    return { version, good: false, problem: `Python ${version} is too new: PyFlink 1.20 supports up to 3.11` };
  }
  return { version, good: true, problem: undefined };
}

/**
 * @param {string} text output of `java -version` or `javac -version`: "1.8.0_392", "11.0.2", "21" in it
 * @returns {{ version: string, good: boolean, problem: string | undefined } | undefined} undefined when it is not a version
 */
function checkJava(text) {
  const match = /(?:version "|javac )(\d+)(?:\.(\d+))?([^"\s]*)/.exec(text);
  if (!match) return undefined;
  const major = match[1] === '1' ? Number(match[2]) : Number(match[1]);
  const version = `${match[1]}${match[2] === undefined ? '' : `.${match[2]}`}${match[3]}`;
  if (major < JAVA_RANGE.min) {
    return { version, good: false, problem: `Java ${version} is too old: Flink jobs here are compiled for Java 11` };
  }
  if (major > JAVA_RANGE.max) {
    return { version, good: false, problem: `Java ${version} is too new: Flink 1.20 supports 11, 17 and 21` };
  }
  return { version, good: true, problem: undefined };
}

/** Those on PATH, the preferred one first. */
const PYTHONS_ON_PATH = ['python3', 'python3.11', 'python3.10', 'python'];

/**
 * @param {string[]} [candidates] programs to try, the preferred one first
 * @returns {Python[]} what was found, in that order, up to the first usable one: the start of a program takes a tenth of a second
 */
function findPythons(candidates = [...PYTHONS_ON_PATH, ...downloadedPythons()]) {
  /** @type {Python[]} */
  const found = [];
  for (const command of candidates) {
    const checked = checkPython(capture(command, ['--version']) ?? '');
    if (!checked) continue;
    const venv = capture(command, ['-c', 'import venv, ensurepip']) !== undefined;
    const problem = venv ? checked.problem : `Python ${checked.version} lacks the venv module`;
    found.push({ command, ...checked, venv, good: checked.good && venv, problem: checked.problem ?? problem });
    if (firstGood(found)) break;
  }
  return found;
}

/** @returns {string[]} homes of installed JDKs: JAVA_HOME, the one on PATH, the usual folders, then what the set-up has downloaded */
function javaHomeCandidates() {
  /** @type {string[]} */
  const homes = [];
  if (process.env['JAVA_HOME']) homes.push(process.env['JAVA_HOME']);
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, process.platform === 'win32' ? 'java.exe' : 'java'))
    .find((file) => fs.existsSync(file));
  if (onPath) {
    // /usr/bin/java on macOS is a stub that knows the real home; elsewhere the link leads to it.
    const settings = capture(onPath, ['-XshowSettings:properties', '-version']);
    const home = /java\.home = (.+)/.exec(settings ?? '')?.[1]?.trim();
    if (home) homes.push(home);
  }
  for (const folder of ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java']) {
    if (!fs.existsSync(folder)) continue;
    for (const name of fs.readdirSync(folder).sort()) {
      const contents = path.join(folder, name, 'Contents', 'Home');
      homes.push(fs.existsSync(contents) ? contents : path.join(folder, name));
    }
  }
  return [...new Set([...homes, ...downloadedJdks()])];
}

/**
 * @param {string[]} [homes] folders to look in
 * @returns {(Tool & { home: string })[]} what was found, in that order, up to the first usable one; `command` is its java program
 */
function findJdks(homes = javaHomeCandidates()) {
  /** @type {(Tool & { home: string })[]} */
  const found = [];
  for (const home of homes) {
    const java = path.join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java');
    if (!fs.existsSync(java)) continue;
    const checked = checkJava(capture(java, ['-version']) ?? '');
    if (!checked) continue;
    const compiler = path.join(home, 'bin', process.platform === 'win32' ? 'javac.exe' : 'javac');
    if (checked.good && !fs.existsSync(compiler)) {
      const problem = `${home} is only a runtime (javac is missing); the build needs a full JDK`;
      found.push({ command: java, home, version: checked.version, good: false, problem });
    } else {
      found.push({ command: java, home, ...checked });
    }
    if (firstGood(found)) break;
  }
  return found;
}

/**
 * @template {Tool} T
 * @param {T[]} tools as found
 * @returns {T | undefined} the first usable one
 */
function firstGood(tools) {
  return tools.find((tool) => tool.good);
}

module.exports = { PYTHONS_ON_PATH, PYTHON_MIN_MINOR, checkPython, checkJava, findPythons, findJdks, firstGood };
