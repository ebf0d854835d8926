// `node tools/setup/run.mjs <command>`: sets up what the command needs, then hands over to it.
const { spawn } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { examine, healthy, report } = require('./doctor.cjs');
const { ROOT } = require('./layout.cjs');
const { prepare } = require('./prepare.cjs');
const { projectNode } = require('./project-node.cjs');
const { proxyEnvironment } = require('./proxy-environment.cjs');
const { StepError, stopStep } = require('./step.cjs');

const USAGE = `Usage: node tools/setup/run.mjs <command> [options]     (the npm scripts call this)

  setup      install the npm packages, the Python environment and build the Flink application
  doctor     say which tool is missing on this machine and how to get it
  demo       simulated ad traffic through Kinesis and Flink, results live on a page and in the terminal
  dashboard  live page of the results of the running stack, or of a finished run
  import     make events for the pipeline of your own logs: CSV, JSON, Parquet
  pipeline   recorded traffic (JSONL) through Kinesis and Flink to a file of results
  stack      start the local stack and hold it until Ctrl-C
  sink       write the results of the running stack to its serving table
  verify     compute the results of a run once more from its input, independently, and compare
  compare-results  compare what two versions of the job wrote about the same time
  archive    write results as Parquet, in the layout of the archive in S3
  query-archive    run Athena's saved queries on such a folder
  test       lint, types, unit tests and the end-to-end run of everything
  e2e        the end-to-end run only
  e2e-random only the check of the job against the independent computation, on random inputs
  e2e-hostile only the check of the job on what broken and hostile producers send
  e2e-replay only the check that a replay gives the same results as the live run
  e2e-upgrade only the check that a changed job goes on from the state of the one before
  e2e-infra  only the trial of the deployment on the local AWS
  evaluate-fraud   judge the rules about invalid traffic by generated ground truth
  cost       compute what the pipeline costs on AWS at a rate, line by line
  licences   check the licences of third-party code that ships
  bench-job        measure the job on a backlog in uneven shards, and check its results
  bench            run the benchmarks and write docs/benchmarks
  bench-graph      measure the graph of the job alone, without Kinesis
  bench-beside     measure the job beside other programs on the same bytes
  bench-state      measure the state of the job, and its recovery
  bench-growth     measure the job with more of everything, and with hot keys
  bench-import     measure the import beside DuckDB's own copy

Every command has --help. Exit code 2: wrong usage, or something is missing on this machine.`;

/** What each command needs set up. The tests build the application themselves, through Nx. */
const NEEDS = {
  setup: { python: true, application: true },
  demo: { python: true, application: true },
  dashboard: { python: false, application: false },
  import: { python: false, application: false },
  pipeline: { python: true, application: true },
  stack: { python: true, application: true },
  sink: { python: false, application: false },
  verify: { python: false, application: false },
  'compare-results': { python: false, application: false },
  archive: { python: false, application: false },
  'query-archive': { python: false, application: false },
  e2e: { python: true, application: true },
  'e2e-replay': { python: true, application: true },
  'e2e-random': { python: true, application: true },
  'e2e-upgrade': { python: true, application: true },
  'e2e-hostile': { python: true, application: true },
  'e2e-infra': { python: true, application: true },
  'evaluate-fraud': { python: true, application: true },
  cost: { python: false, application: false },
  licences: { python: false, application: false },
  'bench-job': { python: true, application: true },
  bench: { python: true, application: true },
  'bench-graph': { python: true, application: true },
  'bench-beside': { python: true, application: true },
  'bench-state': { python: true, application: true },
  'bench-growth': { python: true, application: true },
  'bench-import': { python: false, application: false },
  test: { python: true, application: false },
};

/**
 * Runs the TypeScript part with the pinned Node, passes signals and the exit code on. Over the IPC channel it notices if this
 * process is killed.
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
      // As in an npm script, also where this was started without npm: a `node` that a program finds is the pinned one.
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
  const command = argv[0] ?? '';
  const wantsHelp = argv.includes('--help') || argv.includes('-h');
  if (command === 'doctor') {
    if (wantsHelp) {
      console.log(
        'Usage: npm run doctor\n\nSays which tool is missing and how to get it. Exit code 0: all there; 1: not.',
      );
      return;
    }
    const checks = examine();
    console.log(report(checks));
    process.exitCode = healthy(checks) ? 0 : 1;
    return;
  }
  if (!Object.hasOwn(NEEDS, command)) {
    const asked = command === '' || wantsHelp;
    (asked ? console.log : console.error)(asked ? USAGE : `Unknown command "${command}".\n\n${USAGE}`);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  if (command === 'setup' && wantsHelp) {
    console.log(
      'Usage: npm run setup\n\nInstalls and builds what the other commands need; they do it themselves if it was not done.',
    );
    return;
  }
  let interrupted = false;
  const interrupt = async (/** @type {NodeJS.Signals} */ signal) => {
    if (interrupted) return;
    interrupted = true;
    console.error('\nInterrupted. Run the same command again to go on; what was not finished is done anew.');
    await stopStep();
    process.exit(128 + os.constants.signals[signal]);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const needs = NEEDS[/** @type {keyof typeof NEEDS} */ (command)];
    await prepare(wantsHelp ? { python: false, application: false } : needs);
  } catch (error) {
    if (interrupted) return;
    if (!(error instanceof StepError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(error.message.startsWith('Something is missing') ? 2 : 1);
  }
  for (const signal of signals) process.off(signal, interrupt);
  if (command === 'setup') console.error('+ Everything is set up.');
  else handOver(argv);
}

module.exports = { main };
