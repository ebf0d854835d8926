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
  doctor     list the tools that are missing on this machine, and how to install them
  demo       simulated ad traffic through Kinesis and Flink, with live results on a page and in the terminal
  dashboard  show the results of the running stack, or of a finished run, on a live page
  import     convert your own logs (CSV, JSON, Parquet) to events for the pipeline
  pipeline   run recorded traffic (JSONL) through Kinesis and Flink, and write a file of results
  stack      start the local stack and keep it running until Ctrl-C
  sink       write the results of the running stack to its serving table
  verify     compute the results of a run independently from its input, and compare
  compare-results  compare the results that two versions of the job wrote for the same period
  archive    write results as Parquet, in the layout of the archive in S3
  query-archive    run Athena's saved queries on such a folder
  erase-user remove the records of one user from the table, the archive and the warehouse
  test       run lint, type checks, unit tests and end-to-end runs
  e2e        run only the end-to-end run
  e2e-random compare the job with the independent computation on random inputs
  e2e-hostile check the job with records of broken and hostile producers
  e2e-replay check that a replay gives the same results as the live run
  e2e-upgrade check that a changed job continues from the state of the previous one
  chaos      disturb the job, a producer and the sink, and check every result
  e2e-infra  deploy to the local AWS, and check the deployment
  evaluate-fraud   evaluate the fraud rules on generated traffic with ground truth
  cost       compute the cost of the pipeline on AWS at a rate, line by line
  licences   check the licences of third-party code that ships
  simulate   run random schedules through the operators of the job, with a virtual clock
  sbom       write the bill of materials of a project
  audit      look up known vulnerabilities of all pinned packages
  bench-job        measure the job on a backlog in uneven shards, and check its results
  bench            run the benchmarks and write docs/benchmarks
  bench-graph      measure the graph of the job alone, without Kinesis
  bench-beside     measure the job and other programs on the same bytes
  bench-state      measure the state of the job, and its recovery
  bench-growth     measure the job with more events, users and shards, and with hot keys
  bench-latency    measure how long results take on the local stack
  bench-generator  measure the generator and a bare loop of requests
  bench-sink       measure the function that fills the serving table
  bench-dashboard  measure what viewers of the page cost
  bench-import     measure the import and DuckDB's own copy

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
  'erase-user': { python: false, application: false },
  e2e: { python: true, application: true },
  'e2e-replay': { python: true, application: true },
  'e2e-random': { python: true, application: true },
  'e2e-upgrade': { python: true, application: true },
  'e2e-hostile': { python: true, application: true },
  chaos: { python: true, application: true },
  'e2e-infra': { python: true, application: true },
  'evaluate-fraud': { python: true, application: true },
  cost: { python: false, application: false },
  licences: { python: false, application: false },
  simulate: { python: false, application: false },
  sbom: { python: false, application: false },
  audit: { python: true, application: false },
  'bench-job': { python: true, application: true },
  bench: { python: true, application: true },
  'bench-graph': { python: true, application: true },
  'bench-beside': { python: true, application: true },
  'bench-state': { python: true, application: true },
  'bench-growth': { python: true, application: true },
  'bench-latency': { python: true, application: true },
  'bench-generator': { python: true, application: false },
  'bench-sink': { python: true, application: true },
  'bench-dashboard': { python: true, application: true },
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
        'Usage: npm run doctor\n\nLists the missing tools and how to install them. Exit code 0: all tools are installed; 1: some are missing.',
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
      'Usage: npm run setup\n\nInstalls and builds everything that the other commands need. They also do it themselves if necessary.',
    );
    return;
  }
  let interrupted = false;
  const interrupt = async (/** @type {NodeJS.Signals} */ signal) => {
    if (interrupted) return;
    interrupted = true;
    console.error('\nInterrupted. Run the same command again to continue; unfinished steps are repeated.');
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
