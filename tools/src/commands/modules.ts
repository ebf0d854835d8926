// Written by `npx nx run tools:generate` from tools/setup/commands.cjs; do not edit.
import type { Command } from 'commander';

/** Loads the module of a command; its function takes the signal of an interruption. */
type LoadCommand = () => Promise<(interrupted: AbortSignal) => Command>;

/** The commands that the set-up does not run itself, by name. */
export const COMMAND_MODULES: ReadonlyMap<string, LoadCommand> = new Map<string, LoadCommand>([
  ['demo', async () => (await import('@ad-analytics/demo/demo-command')).demoCommand],
  ['dashboard', async () => (await import('@ad-analytics/report/dashboard-command')).dashboardCommand],
  ['import', async () => (await import('@ad-analytics/import/import-command')).importCommand],
  ['pipeline', async () => (await import('../pipeline-command')).pipelineCommand],
  ['stack', async () => (await import('@ad-analytics/demo/stack-command')).stackCommand],
  ['sink', async () => (await import('@ad-analytics/sink/sink-command')).sinkCommand],
  ['verify', async () => (await import('../verify-command')).verifyCommand],
  [
    'compare-results',
    async () => (await import('@ad-analytics/compare-results/compare-results-command')).compareResultsCommand,
  ],
  ['archive', async () => (await import('@ad-analytics/archive/archive-command')).archiveCommand],
  ['query-archive', async () => (await import('@ad-analytics/archive/query-archive-command')).queryArchiveCommand],
  ['erase-user', async () => (await import('@ad-analytics/erase-user/erase-user-command')).eraseUserCommand],
  ['test', async () => (await import('../test-command')).testCommand],
  ['e2e', async () => (await import('@ad-analytics/e2e/e2e-command')).e2eCommand],
  [
    'e2e-random',
    async () => (await import('@ad-analytics/job-checks/random-check/random-check-command')).randomCheckCommand,
  ],
  [
    'e2e-hostile',
    async () => (await import('@ad-analytics/job-checks/hostile-check/hostile-check-command')).hostileCheckCommand,
  ],
  [
    'e2e-replay',
    async () => (await import('@ad-analytics/job-checks/replay-check/e2e-replay-command')).e2eReplayCommand,
  ],
  [
    'e2e-upgrade',
    async () => (await import('@ad-analytics/job-checks/upgrade-check/upgrade-check-command')).upgradeCheckCommand,
  ],
  ['e2e-infra', async () => (await import('@ad-analytics/deployed/e2e-infra-command')).e2eInfraCommand],
  ['chaos', async () => (await import('@ad-analytics/job-checks/chaos/chaos-command')).chaosCommand],
  ['simulate', async () => (await import('@ad-analytics/java-checks/simulate/simulate-command')).simulateCommand],
  ['fuzz', async () => (await import('@ad-analytics/java-checks/fuzz/fuzz-command')).fuzzCommand],
  [
    'evaluate-fraud',
    async () => (await import('@ad-analytics/evaluate-fraud/evaluate-fraud-command')).evaluateFraudCommand,
  ],
  ['cost', async () => (await import('@ad-analytics/cost/cost-command')).costCommand],
  ['licences', async () => (await import('@ad-analytics/supply-chain/licences/licences-command')).licencesCommand],
  ['sbom', async () => (await import('@ad-analytics/supply-chain/sbom/sbom-command')).sbomCommand],
  ['audit', async () => (await import('@ad-analytics/supply-chain/audit/audit-command')).auditCommand],
  ['bench', async () => (await import('@ad-analytics/bench/bench-command')).benchCommand],
  ['bench-job', async () => (await import('@ad-analytics/bench/job/bench-job-command')).benchJobCommand],
  ['bench-graph', async () => (await import('@ad-analytics/bench/graph/bench-graph-command')).benchGraphCommand],
  ['bench-beside', async () => (await import('@ad-analytics/bench/beside/bench-beside-command')).benchBesideCommand],
  ['bench-state', async () => (await import('@ad-analytics/bench/state/bench-state-command')).benchStateCommand],
  ['bench-growth', async () => (await import('@ad-analytics/bench/growth/bench-growth-command')).benchGrowthCommand],
  [
    'bench-latency',
    async () => (await import('@ad-analytics/bench/latency/bench-latency-command')).benchLatencyCommand,
  ],
  ['bench-load', async () => (await import('@ad-analytics/bench/load/bench-load-command')).benchLoadCommand],
  [
    'bench-generator',
    async () => (await import('@ad-analytics/bench/generator/bench-generator-command')).benchGeneratorCommand,
  ],
  ['bench-sink', async () => (await import('@ad-analytics/bench/sink/bench-sink-command')).benchSinkCommand],
  [
    'bench-dashboard',
    async () => (await import('@ad-analytics/bench/dashboard/bench-dashboard-command')).benchDashboardCommand,
  ],
  ['bench-import', async () => (await import('@ad-analytics/bench/import/bench-import-command')).benchImportCommand],
]);
