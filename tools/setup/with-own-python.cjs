// Runs a module in the separate Python environment of a project, and creates the environment first.
const { spawn } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');
const { ROOT } = require('./layout.cjs');
const { prepareOwnPython } = require('./prepare.cjs');
const { StepError, stopSteps } = require('./step.cjs');

const USAGE = `Usage: node tools/setup/with-own-python.cjs <project folder> <arguments of python>

Exit code: the program's; 2: invalid usage, or the environment cannot be made.`;

/** @param {string[]} argv arguments after the script */
async function main(argv) {
  const [project, ...args] = argv;
  if (project === undefined || project === '--help') {
    (project === undefined ? console.error : console.log)(USAGE);
    process.exitCode = project === undefined ? 2 : 0;
    return;
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const interrupt = async (/** @type {NodeJS.Signals} */ signal) => {
    await stopSteps();
    process.exit(128 + os.constants.signals[signal]);
  };
  for (const signal of signals) process.on(signal, interrupt);
  let python;
  try {
    python = await prepareOwnPython(path.resolve(ROOT, project));
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  const child = spawn(python, args, { stdio: 'inherit', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  for (const signal of signals) {
    process.off(signal, interrupt);
    process.on(signal, () => child.kill(signal));
  }
  child.once('error', (error) => {
    console.error(`Cannot start ${python}: ${error.message}`);
    process.exitCode = 2;
  });
  child.once('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : (code ?? 1)));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
