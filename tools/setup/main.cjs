// `node tools/setup/run.mjs <command>`: sets up what the command needs, and then runs it.
const { spawn } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { COMMANDS, callOf, usage } = require('./commands.cjs');
const { examine, healthy, report } = require('./doctor.cjs');
const { ROOT } = require('./layout.cjs');
const { prepare } = require('./prepare.cjs');
const { projectNode } = require('./project-node.cjs');
const { proxyEnvironment } = require('./proxy-environment.cjs');
const { StepError, stopSteps } = require('./step.cjs');

/**
 * Runs the TypeScript part with the pinned Node, passes signals and the exit code on. The IPC channel tells it when this process is killed.
 * @param {string[]} argv command and options
 */
function handOver(argv) {
  const loader = pathToFileURL(path.join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const node = projectNode();
  const child = spawn(node, ['--import', loader, path.join(ROOT, 'tools', 'src', 'main.ts'), ...argv], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.base.json'),
      // As in an npm script, programs find the pinned `node` on the PATH, even if this was started without npm.
      PATH: [path.join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter),
    },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`Cannot start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : (code ?? 1)));
}

/** @param {string[]} argv arguments after the script @returns {Promise<void>} */
async function main(argv) {
  Object.assign(process.env, proxyEnvironment());
  const name = argv[0] ?? '';
  const wantsHelp = argv.includes('--help') || argv.includes('-h');
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const asked = name === '' || wantsHelp;
    const text = usage(COMMANDS);
    (asked ? console.log : console.error)(asked ? text : `Unknown command "${name}".\n\n${text}`);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  if (command.help !== undefined && wantsHelp) {
    console.log(`Usage: ${callOf(command)}\n\n${command.help}`);
    return;
  }
  if (name === 'doctor') {
    const checks = examine();
    console.log(report(checks));
    process.exitCode = healthy(checks) ? 0 : 1;
    return;
  }
  let interrupted = false;
  const interrupt = async (/** @type {NodeJS.Signals} */ signal) => {
    if (interrupted) return;
    interrupted = true;
    console.error('\nInterrupted. Run the same command again to continue; unfinished steps are repeated.');
    await stopSteps();
    process.exit(128 + os.constants.signals[signal]);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await prepare(wantsHelp ? { python: false, application: false } : command.needs);
  } catch (error) {
    if (interrupted) return;
    if (!(error instanceof StepError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(error.message.startsWith('Something is missing') ? 2 : 1);
  }
  for (const signal of signals) process.off(signal, interrupt);
  if (name === 'setup') console.error('+ Everything is set up.');
  else handOver(argv);
}

module.exports = { main };
