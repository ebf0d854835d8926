// Every command of the project, defined once, as data that the set-up reads before any package is installed. Help texts, what the
// set-up prepares, the npm scripts, the Nx targets, the tables of tools/README.md and tools/src/commands/modules.ts come from it.

/**
 * @typedef {object} Needs what the set-up prepares for a command, beyond the npm packages
 * @property {boolean} python the Python environment: local AWS, Flink
 * @property {boolean} application the packaged Flink application
 */

/**
 * @typedef {object} CommandModule
 * @property {string} path import specifier, as a file of tools/src/commands imports it
 * @property {string} factory its exported function: takes the signal of an interruption, returns the commander command
 */

/**
 * @typedef {object} CommandDefinition
 * @property {string} name argument of `node tools/setup/run.mjs`
 * @property {string} group heading under which help and README list it
 * @property {string} summary what it does, one sentence: imperative, first letter small, no full stop
 * @property {string} [guide] the page with its details: path in the workspace, optionally with an anchor
 * @property {Needs} needs what the set-up prepares for it
 * @property {boolean} [script] whether package.json has a script of its name
 * @property {string} [target] the Nx target that runs it, as `project:target`
 * @property {CommandModule} [module] missing for the commands that the set-up itself runs
 * @property {string} [help] help of the commands that the set-up itself runs
 */

const PACKAGES = { python: false, application: false };
const PYTHON = { python: true, application: false };
const APPLICATION = { python: true, application: true };

/** @type {readonly CommandDefinition[]} */
const COMMANDS = [
  {
    name: 'setup',
    group: 'Set-up',
    summary: 'install the npm packages and the Python environment, and build the Flink application',
    needs: APPLICATION,
    script: true,
    help: 'Installs and builds everything that the other commands need. They also do it themselves if necessary.',
  },
  {
    name: 'doctor',
    group: 'Set-up',
    summary: 'list the tools that are missing on this machine, and how to install them',
    needs: PACKAGES,
    script: true,
    help: 'Lists the missing tools and how to install them. Exit code 0: all tools are installed; 1: some are missing.',
  },
  {
    name: 'demo',
    group: 'Pipeline',
    summary: 'send simulated traffic through Kinesis and Flink, show the results live, and check them at the end',
    guide: 'tools/README.md#demo',
    needs: APPLICATION,
    script: true,
    target: 'tools:demo',
    module: { path: '@ad-analytics/demo/demo-command', factory: 'demoCommand' },
  },
  {
    name: 'dashboard',
    group: 'Pipeline',
    summary: 'show the results of the running stack, or of a finished run, on a live page',
    guide: 'apps/dashboard/README.md',
    needs: PACKAGES,
    script: true,
    module: { path: '@ad-analytics/report/dashboard-command', factory: 'dashboardCommand' },
  },
  {
    name: 'import',
    group: 'Pipeline',
    summary: 'convert your own logs (CSV, JSON, Parquet) to events for `pipeline`',
    guide: 'docs/own-logs.md',
    needs: PACKAGES,
    script: true,
    module: { path: '@ad-analytics/import/import-command', factory: 'importCommand' },
  },
  {
    name: 'pipeline',
    group: 'Pipeline',
    summary: 'run recorded events (JSONL) through Kinesis and Flink, and write a file of results',
    guide: 'tools/README.md#recorded-events',
    needs: APPLICATION,
    script: true,
    target: 'tools:pipeline',
    module: { path: '../pipeline-command', factory: 'pipelineCommand' },
  },
  {
    name: 'stack',
    group: 'Pipeline',
    summary: 'start Kinesis, Flink and the job without traffic, and keep them running until Ctrl-C',
    needs: APPLICATION,
    script: true,
    target: 'tools:stack',
    module: { path: '@ad-analytics/demo/stack-command', factory: 'stackCommand' },
  },
  {
    name: 'sink',
    group: 'Pipeline',
    summary: 'write the results of the running stack to its serving table, until Ctrl-C',
    guide: 'tools/event-source-mapping/README.md',
    needs: PACKAGES,
    script: true,
    target: 'tools:sink',
    module: { path: '@ad-analytics/sink/sink-command', factory: 'sinkCommand' },
  },
  {
    name: 'verify',
    group: 'Results',
    summary: 'compute the results of a run independently from its input, and compare',
    guide: 'tools/verify/README.md',
    needs: PACKAGES,
    script: true,
    target: 'tools:verify',
    module: { path: '../verify-command', factory: 'verifyCommand' },
  },
  {
    name: 'compare-results',
    group: 'Results',
    summary: 'compare the results that two versions of the job wrote for the same period',
    guide: 'docs/runbooks/side-by-side.md',
    needs: PACKAGES,
    target: 'tools:compare-results',
    module: { path: '@ad-analytics/compare-results/compare-results-command', factory: 'compareResultsCommand' },
  },
  {
    name: 'archive',
    group: 'Results',
    summary: 'write results as Parquet, in the layout of the archive in S3',
    guide: 'docs/archive.md',
    needs: PACKAGES,
    script: true,
    target: 'tools:archive',
    module: { path: '@ad-analytics/archive/archive-command', factory: 'archiveCommand' },
  },
  {
    name: 'query-archive',
    group: 'Results',
    summary: 'run a query, one saved in Athena or another, on an archive folder',
    guide: 'docs/archive.md',
    needs: PACKAGES,
    script: true,
    target: 'tools:query-archive',
    module: { path: '@ad-analytics/archive/query-archive-command', factory: 'queryArchiveCommand' },
  },
  {
    name: 'erase-user',
    group: 'Results',
    summary: 'remove the records of one user from the table, the archive and the warehouse',
    guide: 'docs/runbooks/erase-a-user.md',
    needs: PACKAGES,
    target: 'tools:erase-user',
    module: { path: '@ad-analytics/erase-user/erase-user-command', factory: 'eraseUserCommand' },
  },
  {
    name: 'test',
    group: 'Checks',
    summary: 'run lint, type checks, unit tests and builds of all projects, and the end-to-end runs',
    guide: 'tools/README.md#what-the-checks-cover',
    needs: PYTHON,
    script: true,
    module: { path: '../test-command', factory: 'testCommand' },
  },
  {
    name: 'e2e',
    group: 'Checks',
    summary: 'check the packaged application end to end',
    guide: 'tools/README.md#what-the-checks-cover',
    needs: APPLICATION,
    script: true,
    target: 'tools:e2e',
    module: { path: '@ad-analytics/e2e/e2e-command', factory: 'e2eCommand' },
  },
  {
    name: 'e2e-random',
    group: 'Checks',
    summary: 'compare the job with the independent computation on hundreds of small random inputs',
    guide: 'tools/job-checks/src/random-check/README.md',
    needs: APPLICATION,
    target: 'tools:e2e-random',
    module: { path: '@ad-analytics/job-checks/random-check/random-check-command', factory: 'randomCheckCommand' },
  },
  {
    name: 'e2e-hostile',
    group: 'Checks',
    summary: 'check the job with malformed and hostile records',
    guide: 'tools/job-checks/src/hostile-check/README.md',
    needs: APPLICATION,
    target: 'tools:e2e-hostile',
    module: { path: '@ad-analytics/job-checks/hostile-check/hostile-check-command', factory: 'hostileCheckCommand' },
  },
  {
    name: 'e2e-replay',
    group: 'Checks',
    summary: 'check that a replay gives the same results as the live run',
    guide: 'tools/job-checks/src/replay-check/README.md',
    needs: APPLICATION,
    target: 'tools:e2e-replay',
    module: { path: '@ad-analytics/job-checks/replay-check/e2e-replay-command', factory: 'e2eReplayCommand' },
  },
  {
    name: 'e2e-upgrade',
    group: 'Checks',
    summary: 'check that a changed job continues from the state of the previous one',
    guide: 'tools/job-checks/src/upgrade-check/README.md',
    needs: APPLICATION,
    target: 'tools:e2e-upgrade',
    module: { path: '@ad-analytics/job-checks/upgrade-check/upgrade-check-command', factory: 'upgradeCheckCommand' },
  },
  {
    name: 'e2e-infra',
    group: 'Checks',
    summary: 'deploy to the local AWS, check the deployment, and destroy it',
    guide: 'tools/deployed/README.md',
    needs: APPLICATION,
    target: 'infra:e2e',
    module: { path: '@ad-analytics/deployed/e2e-infra-command', factory: 'e2eInfraCommand' },
  },
  {
    name: 'chaos',
    group: 'Checks',
    summary: 'disturb the job, a producer and the sink, and check every result',
    guide: 'tools/job-checks/src/chaos/README.md',
    needs: APPLICATION,
    target: 'tools:chaos',
    module: { path: '@ad-analytics/job-checks/chaos/chaos-command', factory: 'chaosCommand' },
  },
  {
    name: 'simulate',
    group: 'Checks',
    summary: 'run random schedules through the operators of the job, with a virtual clock',
    guide: 'flink/README.md#simulated-time',
    needs: PACKAGES,
    target: 'flink:simulate',
    module: { path: '@ad-analytics/java-checks/simulate/simulate-command', factory: 'simulateCommand' },
  },
  {
    name: 'fuzz',
    group: 'Checks',
    summary: 'search for inputs on which the parser or the reader of aggregated records fails',
    guide: 'flink/README.md#fuzzing',
    needs: PACKAGES,
    target: 'flink:fuzz',
    module: { path: '@ad-analytics/java-checks/fuzz/fuzz-command', factory: 'fuzzCommand' },
  },
  {
    name: 'evaluate-fraud',
    group: 'Checks',
    summary: 'evaluate the fraud rules on generated traffic with ground truth',
    guide: 'tools/evaluate-fraud/README.md',
    needs: APPLICATION,
    target: 'tools:evaluate-fraud',
    module: { path: '@ad-analytics/evaluate-fraud/evaluate-fraud-command', factory: 'evaluateFraudCommand' },
  },
  {
    name: 'cost',
    group: 'Cost and supply chain',
    summary: 'compute the AWS bill at a rate, line by line',
    guide: 'docs/cost.md',
    needs: PACKAGES,
    target: 'tools:cost',
    module: { path: '@ad-analytics/cost/cost-command', factory: 'costCommand' },
  },
  {
    name: 'licences',
    group: 'Cost and supply chain',
    summary: 'check the licences of all third-party code that ships',
    guide: 'CONTRIBUTING.md#third-party-code',
    needs: PACKAGES,
    target: 'tools:licences',
    module: { path: '@ad-analytics/supply-chain/licences/licences-command', factory: 'licencesCommand' },
  },
  {
    name: 'sbom',
    group: 'Cost and supply chain',
    summary: 'write the CycloneDX bill of materials of a built project to `sbom/`',
    needs: PACKAGES,
    target: 'tools:sbom',
    module: { path: '@ad-analytics/supply-chain/sbom/sbom-command', factory: 'sbomCommand' },
  },
  {
    name: 'audit',
    group: 'Cost and supply chain',
    summary: 'look up known vulnerabilities of all pinned packages',
    guide: 'docs/security.md#known-vulnerabilities',
    needs: PYTHON,
    target: 'tools:audit',
    module: { path: '@ad-analytics/supply-chain/audit/audit-command', factory: 'auditCommand' },
  },
  {
    name: 'bench',
    group: 'Benchmarks',
    summary: 'run the benchmarks below, and write docs/benchmarks',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench',
    module: { path: '@ad-analytics/bench/bench-command', factory: 'benchCommand' },
  },
  {
    name: 'bench-job',
    group: 'Benchmarks',
    summary: 'measure the packaged job on a backlog in uneven shards, and check its results',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-job',
    module: { path: '@ad-analytics/bench/job/bench-job-command', factory: 'benchJobCommand' },
  },
  {
    name: 'bench-graph',
    group: 'Benchmarks',
    summary: 'measure the CPU time per event of the job without Kinesis',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-graph',
    module: { path: '@ad-analytics/bench/graph/bench-graph-command', factory: 'benchGraphCommand' },
  },
  {
    name: 'bench-beside',
    group: 'Benchmarks',
    summary: 'compare the job with other programs on the same records',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-beside',
    module: { path: '@ad-analytics/bench/beside/bench-beside-command', factory: 'benchBesideCommand' },
  },
  {
    name: 'bench-state',
    group: 'Benchmarks',
    summary: 'measure the state of the job, its checkpoints, and its recovery from a crash',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-state',
    module: { path: '@ad-analytics/bench/state/bench-state-command', factory: 'benchStateCommand' },
  },
  {
    name: 'bench-growth',
    group: 'Benchmarks',
    summary: 'measure the job with more events, users and shards, and with hot keys',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-growth',
    module: { path: '@ad-analytics/bench/growth/bench-growth-command', factory: 'benchGrowthCommand' },
  },
  {
    name: 'bench-latency',
    group: 'Benchmarks',
    summary: 'measure how long results take on the local stack, by record type',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-latency',
    module: { path: '@ad-analytics/bench/latency/bench-latency-command', factory: 'benchLatencyCommand' },
  },
  {
    name: 'bench-load',
    group: 'Benchmarks',
    summary: 'load the local stack for 30 minutes, overload it, watch what grows, and verify every result',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-load',
    module: { path: '@ad-analytics/bench/load/bench-load-command', factory: 'benchLoadCommand' },
  },
  {
    name: 'bench-generator',
    group: 'Benchmarks',
    summary: 'compare the generator with a bare loop of prepared requests',
    guide: 'tools/bench/README.md',
    needs: PYTHON,
    target: 'tools:bench-generator',
    module: { path: '@ad-analytics/bench/generator/bench-generator-command', factory: 'benchGeneratorCommand' },
  },
  {
    name: 'bench-sink',
    group: 'Benchmarks',
    summary: 'measure the Lambda that fills the serving table, and its cold start',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-sink',
    module: { path: '@ad-analytics/bench/sink/bench-sink-command', factory: 'benchSinkCommand' },
  },
  {
    name: 'bench-dashboard',
    group: 'Benchmarks',
    summary: 'measure the requests of the dashboard to DynamoDB, with 0 to 16 viewers',
    guide: 'tools/bench/README.md',
    needs: APPLICATION,
    target: 'tools:bench-dashboard',
    module: { path: '@ad-analytics/bench/dashboard/bench-dashboard-command', factory: 'benchDashboardCommand' },
  },
  {
    name: 'bench-import',
    group: 'Benchmarks',
    summary: "measure the rows per second and the memory of `import`, compared with DuckDB's copy",
    guide: 'tools/bench/README.md',
    needs: PACKAGES,
    target: 'tools:bench-import',
    module: { path: '@ad-analytics/bench/import/bench-import-command', factory: 'benchImportCommand' },
  },
];

/**
 * @param {CommandDefinition} command
 * @returns {string} how to call it
 */
function callOf({ name, script, target }) {
  if (script) return name === 'test' ? 'npm test' : `npm run ${name}`;
  return target ? `npx nx run ${target}` : `node tools/setup/run.mjs ${name}`;
}

/**
 * @param {readonly CommandDefinition[]} commands
 * @returns {Map<string, CommandDefinition[]>} the commands by group, in their order
 */
function byGroup(commands) {
  /** @type {Map<string, CommandDefinition[]>} */
  const groups = new Map();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return groups;
}

/**
 * @param {readonly CommandDefinition[]} commands
 * @returns {string} the help of `node tools/setup/run.mjs`
 */
function usage(commands) {
  const width = Math.max(...commands.map((command) => callOf(command).length));
  const groups = [...byGroup(commands)].map(([group, members]) =>
    [`${group}:`, ...members.map((command) => `  ${callOf(command).padEnd(width)}  ${command.summary}`)].join('\n'),
  );
  return `Usage: node tools/setup/run.mjs <command> [options]     (the npm scripts and Nx targets call this)

${groups.join('\n\n')}

Options of npm scripts and targets come after --. Every command has --help.
Exit code 2: invalid usage, or something is missing on this machine.`;
}

module.exports = { COMMANDS, byGroup, callOf, usage };
