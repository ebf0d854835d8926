// Runs a program of the project's Python environment, or the Maven Wrapper, the same on every system and in paths with spaces.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ROOT, VENV_PYTHON } = require('./layout.cjs');
const { proxyEnvironment } = require('./proxy-environment.cjs');
const { findJdks, firstGood } = require('./toolchain.cjs');

const USAGE = `Usage: node tools/setup/with-toolchain.cjs python <arguments>    Python of the project's environment
       node tools/setup/with-toolchain.cjs maven <arguments>     flink/mvnw

Both get JAVA_HOME of a JDK that the build supports. Exit code: the program's; 2: invalid usage, or a tool is missing.`;

/** @typedef {{ command: string, args: string[], cwd?: string, shell?: boolean }} Program */

/**
 * @param {string[]} argv `python` or `maven`, then its arguments
 * @returns {Program | undefined} what to start; undefined for another name
 */
function programFor(argv, platform = process.platform) {
  const [name, ...args] = argv;
  if (name === 'python') return { command: VENV_PYTHON, args };
  if (name !== 'maven') return undefined;
  const cwd = path.join(ROOT, 'flink');
  // Windows starts a .cmd file only through a shell; the arguments are ours and have no spaces.
  if (platform === 'win32') return { command: 'mvnw.cmd', args, cwd, shell: true };
  return { command: path.join(cwd, 'mvnw'), args, cwd };
}

/** @param {string[]} argv arguments after the script */
function main(argv) {
  const program = programFor(argv);
  if (!program) {
    const asked = argv.length === 0 || argv[0] === '--help';
    (asked ? console.log : console.error)(USAGE);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  const jdk = firstGood(findJdks());
  if (!jdk) return fail('A usable JDK is missing: run `npm run doctor`.');
  if (!program.shell && !fs.existsSync(program.command)) {
    return fail(`${program.command} is missing: run \`npm run setup\`.`);
  }
  const { command, args, ...options } = program;
  const child = spawn(command, args, {
    ...options,
    stdio: 'inherit',
    env: { ...process.env, ...proxyEnvironment(), JAVA_HOME: jdk.home, PYTHONDONTWRITEBYTECODE: '1' },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => fail(`Cannot start ${command}: ${error.message}`));
  child.once('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : (code ?? 1)));
}

/** @param {string} message what is wrong and what to do */
function fail(message) {
  console.error(message);
  process.exitCode = 2;
}

if (require.main === module) main(process.argv.slice(2));

module.exports = { programFor };
