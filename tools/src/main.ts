import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit/audit-command';
import { archiveCommand } from './archive/archive-command';
import { queryArchiveCommand } from './archive/query-archive-command';
import { benchCommand } from './bench/bench-command';
import { benchBesideCommand } from './bench-beside/bench-beside-command';
import { benchDashboardCommand } from './bench-dashboard/bench-dashboard-command';
import { benchGeneratorCommand } from './bench-generator/bench-generator-command';
import { benchGraphCommand } from './bench-graph/bench-graph-command';
import { benchGrowthCommand } from './bench-growth/bench-growth-command';
import { benchLatencyCommand } from './bench-latency/bench-latency-command';
import { benchSinkCommand } from './bench-sink/bench-sink-command';
import { benchStateCommand } from './bench-state/bench-state-command';
import { benchImportCommand } from './bench-import/bench-import-command';
import { benchJobCommand } from './bench-job/bench-job-command';
import { chaosCommand } from './chaos/chaos-command';
import { compareResultsCommand } from './compare-results/compare-results-command';
import { costCommand } from './cost/cost-command';
import { dashboardCommand } from './dashboard-command';
import { demoCommand } from './demo-command';
import { e2eCommand } from './e2e-command';
import { e2eInfraCommand } from './e2e-infra-command';
import { e2eReplayCommand } from './e2e-replay-command';
import { eraseUserCommand } from './erase-user/erase-user-command';
import { evaluateFraudCommand } from './evaluate-fraud/evaluate-fraud-command';
import { importCommand } from './import/import-command';
import { listenForInterrupts } from '@ad-analytics/command-line/interrupts';
import { licencesCommand } from './licences/licences-command';
import { pipelineCommand } from './pipeline-command';
import { reportFailure } from '@ad-analytics/command-line/report-failure';
import { sbomCommand } from './sbom/sbom-command';
import { sinkCommand } from './sink/sink-command';
import { hostileCheckCommand } from './hostile-check/hostile-check-command';
import { randomCheckCommand } from './random-check/random-check-command';
import { simulateCommand } from './simulate/simulate-command';
import { stackCommand } from './stack-command';
import { testCommand } from './test-command';
import { upgradeCheckCommand } from './upgrade-check/upgrade-check-command';
import { verifyCommand } from './verify/verify-command';

const WRONG_USAGE = 2;

const interrupted = listenForInterrupts();
const program = new Command('npm run').description(
  'Runs the pipeline on this machine: local AWS, Flink and the packaged application.',
);
const commands = [
  demoCommand,
  dashboardCommand,
  importCommand,
  pipelineCommand,
  stackCommand,
  sinkCommand,
  testCommand,
  e2eCommand,
  e2eReplayCommand,
  e2eInfraCommand,
  randomCheckCommand,
  upgradeCheckCommand,
  hostileCheckCommand,
  chaosCommand,
  simulateCommand,
  verifyCommand,
  compareResultsCommand,
  evaluateFraudCommand,
  costCommand,
  licencesCommand,
  sbomCommand,
  auditCommand,
  archiveCommand,
  queryArchiveCommand,
  eraseUserCommand,
  benchJobCommand,
  benchCommand,
  benchGraphCommand,
  benchBesideCommand,
  benchStateCommand,
  benchGrowthCommand,
  benchLatencyCommand,
  benchGeneratorCommand,
  benchSinkCommand,
  benchDashboardCommand,
  benchImportCommand,
];
for (const create of commands) {
  const command = create(interrupted);
  const names = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}${argument.variadic ? '...' : ''}> ` : `[${argument.name()}] `,
  );
  program.addCommand(command.usage(`-- ${names.join('')}[options]`).exitOverride());
}

program
  .exitOverride()
  .parseAsync(process.argv)
  .then(
    () => process.exit(),
    (failure: unknown) => {
      // It has been said already: the help that was asked for, or what is wrong with the options.
      if (failure instanceof CommanderError) process.exit(failure.exitCode === 0 ? 0 : WRONG_USAGE);
      const { text, exitCode } = reportFailure(failure, interrupted);
      console.error(`\n${text}`);
      process.exit(exitCode);
    },
  );
