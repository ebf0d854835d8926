import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { CommandError } from '@ad-analytics/command-line/errors';
import { ASSUMPTIONS } from './assumptions';
import { number } from './cost-options';
import { DeploymentError, loadDeployment } from './deployment-of-model';
import { generatedTables, markdown, writePages } from './docs';
import { MEASURED_FILE, loadMeasuredTraffic } from './measured-traffic';
import { measureTraffic } from './measure-traffic';
import { printText } from './print-text';
import { type CostReport, costReport } from './report';
import { savingsTable, lines, modes, summary } from './bill-tables';
import { limitTable } from './limit-tables';
import type { WorkloadInputs } from './workload';

/** Rates of the committed pages in events per second, and their environment. */
const PAGE_RATES = [10, 1_000, 100_000] as const;
const PAGE_ENVIRONMENT = 'prod';
const DOCS = path.join(ROOT, 'docs');

interface CostFlags {
  readonly eventsPerSecond: number;
  readonly environment: string;
  readonly clickShare?: number;
  readonly recordBytes?: number;
  readonly resultsPerEvent?: number;
  readonly keys?: number;
  readonly peak: number;
  readonly eventsPerKpu: number;
  readonly archiveMonths: number;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly docs?: boolean;
  readonly measure?: string;
  readonly impressions?: string;
  readonly clicks?: string;
  readonly run?: string;
  readonly seconds?: number;
}

const inputs = (flags: Partial<CostFlags> & { eventsPerSecond: number }): WorkloadInputs => {
  const { clickShare, recordBytes, resultsPerEvent, keys } = flags;
  const { configFile } = projectEnvironment();
  return {
    eventsPerSecond: flags.eventsPerSecond,
    windowSeconds: pipelineSettings(loadPropertyGroups(configFile), configFile).metrics.windowSeconds,
    ...(clickShare === undefined ? {} : { clickShare }),
    ...(recordBytes === undefined ? {} : { recordBytes }),
    ...(resultsPerEvent === undefined ? {} : { resultsPerEvent }),
    ...(keys === undefined ? {} : { keysInWindow: keys }),
  };
};

/** @returns the tables of the committed pages, by the name of their place */
export function pageTables(): Record<string, string> {
  const measured = loadMeasuredTraffic();
  const deployment = loadDeployment(PAGE_ENVIRONMENT);
  const reports = PAGE_RATES.map((eventsPerSecond) =>
    costReport(measured, inputs({ eventsPerSecond }), deployment, ASSUMPTIONS),
  );
  return generatedTables(reports, measured);
}

function print(report: CostReport, { json, markdown: asMarkdown }: CostFlags): string {
  if (json === true) return JSON.stringify(report, null, 2);
  if (asMarkdown === true)
    return [summary([report]), lines(report), savingsTable([report]), modes([report]), limitTable([report])]
      .map(markdown)
      .join('\n\n');
  return printText(report).join('\n');
}

/** Measures a run's files, and writes the measurement that the calculator uses. */
async function measure({ measure: results, impressions, clicks, run, seconds }: CostFlags): Promise<void> {
  if (
    results === undefined ||
    impressions === undefined ||
    clicks === undefined ||
    run === undefined ||
    seconds === undefined
  )
    throw new CommandError('--measure also needs --impressions, --clicks, --seconds and --run.', 2);
  const files = { impressions: [impressions], clicks: [clicks], results: [results] };
  const measured = await measureTraffic(files, run, seconds).catch((error: Error) => {
    throw new CommandError(`The run cannot be measured: ${error.message}`, 2);
  });
  writeFileSync(MEASURED_FILE, `${JSON.stringify(measured, null, 2)}\n`);
  console.log(`Written: ${path.relative(ROOT, MEASURED_FILE)}. Next: npx nx run tools:cost -- --docs`);
}

/** `cost`: computes the cost of the pipeline at a rate, with its parts. */
export function costCommand(): Command {
  return new Command('cost')
    .description(
      'Compute what the pipeline costs on AWS at a rate: every line with its arithmetic, and what would save most.',
    )
    .option('--events-per-second <n>', 'records of both input streams, average of a month', number(0.001, 1e7), 1_000)
    .option('--environment <name>', 'environment of infra/environments', PAGE_ENVIRONMENT)
    .option('--click-share <share>', 'share of clicks among the records (default: as measured)', number(0, 1))
    .option('--record-bytes <n>', 'bytes of an input record (default: as measured)', number(1, 10 * 1024 ** 2))
    .option(
      '--results-per-event <n>',
      'results for each record, without those of windows by key (default: as measured)',
      number(0, 1e4),
    )
    .option(
      '--keys <n>',
      'campaigns, ads, publishers, devices and countries in a window (default: as measured)',
      number(0, 1e9),
    )
    .option('--peak <factor>', 'ratio of the highest load to the average', number(1, 1_000), ASSUMPTIONS.peakFactor)
    .option(
      '--events-per-kpu <n>',
      'events per second that a KPU keeps up with',
      number(1, 1e6),
      ASSUMPTIONS.eventsPerKpu,
    )
    .option(
      '--archive-months <n>',
      'months that the archive has been filled for',
      number(0, 1_200),
      ASSUMPTIONS.archiveMonths,
    )
    .addOption(new Option('--json', 'everything as JSON').conflicts(['markdown', 'docs', 'measure']))
    .addOption(new Option('--markdown', 'the tables as Markdown').conflicts(['docs', 'measure']))
    .addOption(
      new Option('--docs', 'write the tables of docs/cost.md, cost-details.md and scaling.md').conflicts('measure'),
    )
    .option('--measure <results>', 'measure a run from its results (JSONL), and use its figures from now on')
    .option('--impressions <file>', 'with --measure: what was put into the impressions stream')
    .option('--clicks <file>', 'with --measure: what was put into the clicks stream')
    .option('--seconds <n>', 'with --measure: event time of the run', number(1, 1e9))
    .option('--run <text>', 'with --measure: how the run was made')
    .addHelpText(
      'after',
      `
The command reads the environment from docs/architecture.json, which npx nx run infra:diagram writes from the synthesised infra.
Prices are list prices of us-east-1, without taxes, discounts and free tiers. Exit codes: see tools/README.md.`,
    )
    .action(async (flags: CostFlags) => {
      if (flags.measure !== undefined) return measure(flags);
      try {
        if (flags.docs === true) {
          for (const file of await writePages(DOCS, pageTables())) console.log(`Written: ${path.relative(ROOT, file)}`);
          return;
        }
        const assumptions = {
          ...ASSUMPTIONS,
          peakFactor: flags.peak,
          eventsPerKpu: flags.eventsPerKpu,
          archiveMonths: flags.archiveMonths,
        };
        const deployment = loadDeployment(flags.environment);
        console.log(print(costReport(loadMeasuredTraffic(), inputs(flags), deployment, assumptions), flags));
      } catch (error) {
        if (error instanceof DeploymentError) throw new CommandError(error.message, 2);
        throw error;
      }
    });
}
