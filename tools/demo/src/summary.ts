import { grouped } from '@ad-analytics/command-line/progress';
import { renderLedger } from '@ad-analytics/result-records/ledger';
import { renderCheck, renderTableCheck, tableAgrees } from './check-results';
import type { DemoOutcome } from './run-demo';

const CAMPAIGNS_SHOWN = 10;
const MS_PER_SECOND = 1_000;

/** @returns a text about the time to the first attributed click; empty without one */
function firstClick({ startedAt, results }: DemoOutcome): string[] {
  if (results.firstAttributedAt === undefined) return [];
  const seconds = (results.firstAttributedAt - startedAt) / MS_PER_SECOND;
  return [`  first click attributed ${seconds.toFixed(1)} s after the start of the command`];
}

/** @returns the summary of the demo: inputs, results, and whether the sums agree */
export function demoSummary(outcome: DemoOutcome): string[] {
  const { trafficSeconds, ledger, differences, check, results, table, notices } = outcome;
  const summary = results.tally.summary();
  const types = Object.entries(summary.byType).map(([type, count]) => `${grouped(count)} ${type}`);
  const campaigns = results.campaigns.rows();
  const lines = [
    '',
    `Summary after ${trafficSeconds} s`,
    `  put in      ${grouped(ledger.impression.read)} impressions, ${grouped(ledger.click.read)} clicks`,
    `  came out    ${types.join(', ') || 'nothing'}`,
    ...firstClick(outcome),
    ...renderLedger(ledger),
    ...(differences.length === 0
      ? ['  Every figure equals the labels of the generator.']
      : differences.map((difference) => `  DOES NOT AGREE with the generator's labels: ${difference}`)),
    ...renderCheck(check),
    ...(table === undefined ? [] : renderTableCheck(table)),
    '  CTR by campaign:',
    ...campaigns.slice(0, CAMPAIGNS_SHOWN).map(({ campaign, impressions, clicks, ctr, attributed }) => {
      const rate = ctr === null ? 'no impression' : `${(ctr * 100).toFixed(2)} %`;
      return `    ${campaign.padEnd(16)} ${rate.padStart(8)}  (${grouped(clicks)} clicks on ${grouped(impressions)} impressions, ${grouped(attributed)} attributed)`;
    }),
  ];
  if (campaigns.length > CAMPAIGNS_SHOWN)
    lines.push(`    ... and ${campaigns.length - CAMPAIGNS_SHOWN} more campaigns`);
  if (results.invalid > 0)
    lines.push(`  ${grouped(results.invalid)} results do not fit the contract: ${results.firstProblem}`);
  for (const notice of notices) lines.push(`  ! ${notice}`);
  return lines;
}

/** @returns whether all figures and records of the demo agree and every result fits the contract */
export function demoAgrees({ ledger, differences, check, results, table }: DemoOutcome): boolean {
  const recordsAgree = 'skipped' in check || check.ledger.agrees;
  const figuresAgree = ledger.problems.length === 0 && differences.length === 0;
  return figuresAgree && recordsAgree && (table === undefined || tableAgrees(table)) && results.invalid === 0;
}
