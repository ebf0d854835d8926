import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import { recordLines } from '@ad-analytics/recorded-traffic';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { RECORDED_SETTINGS, runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { writeRecorded } from '@ad-analytics/pipeline/write-recorded';
import { Progress } from '@ad-analytics/command-line/progress';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import type { Engine } from './engine';
import { type Findings, FindingsCollector } from './findings';
import type { SeedTraffic } from './seed-traffic';

/**
 * Settings of the run. Engagement does not affect the rules, but it would give a result for every user and minute, which are most of all
 * results. So it has one window per hour.
 */
export const EVALUATION_SETTINGS: Readonly<Record<string, string>> = {
  ...RECORDED_SETTINGS,
  'engagement.window.seconds': '3600',
  'engagement.slide.seconds': '3600',
};

/** Lines of other types, which are most lines, are not parsed. */
const WITH_FINDINGS = /"record_type": ?"(?:attributed_click|fraud_alert)"/;

/**
 * Assigns the findings of the job to seeds by their time: the time between seeds is longer than any window.
 * @param file results, JSONL
 */
export async function findingsBySeed(
  file: string,
  traffic: readonly Pick<SeedTraffic, 'seed' | 'startTime' | 'endTime'>[],
): Promise<Map<number, Findings>> {
  const collectors = traffic.map(({ seed, startTime, endTime }) => ({
    seed,
    startTime,
    endTime,
    collector: new FindingsCollector(),
  }));
  for await (const line of recordLines(file)) {
    if (!WITH_FINDINGS.test(line.toString('utf8'))) continue;
    const parsed = parseResult(line);
    if ('problem' in parsed) throw new Error(`${file} contains a line that is not a result: ${parsed.problem}`);
    const { record } = parsed;
    const time = Date.parse(record.event_time);
    const collector = collectors.find(({ startTime, endTime }) => time >= startTime && time < endTime)?.collector;
    if (collector === undefined)
      throw new Error(`${record.record_id} in ${file} does not belong to the time of any seed`);
    if (record.record_type === 'fraud_alert') collector.addAlert(record.record_id, record.fraud_alert);
    if (record.record_type === 'attributed_click') collector.addClick(record.attributed_click);
  }
  return new Map(collectors.map(({ seed, collector }) => [seed, collector.findings()]));
}

/** @returns the records of all seeds, one seed after the other */
function* recordsOf(traffic: readonly SeedTraffic[]) {
  for (const seed of traffic) yield* seed.emissions();
}

/**
 * Applies the rules with the packaged job: all seeds are one backlog in a local stack.
 * @param stack without a job, with EVALUATION_SETTINGS
 */
export function jobEngine(stack: LocalStack, options: { say: (line: string) => void; signal: AbortSignal }): Engine {
  return async (traffic) => {
    const folder = path.join(stack.runFolder, 'traffic');
    mkdirSync(folder, { recursive: true });
    const writing = new Progress('Records generated');
    let records = 0;
    const onRecord = (done: number) => writing.update((records = done));
    const files = await writeRecorded(recordsOf(traffic), folder, { onRecord, signal: options.signal });
    writing.finish(records);
    const results = path.join(folder, 'results.jsonl');
    const run = await runRecorded(stack, { ...files, results }, options);
    const { lines, complete } = summarize(run);
    for (const line of lines) options.say(line);
    if (!complete)
      throw new CommandError(
        'The run is not complete, so the rules were not evaluated; see above.',
        BOOKS_DO_NOT_BALANCE,
      );
    const { impression, click } = run.ledger;
    return {
      settings: loadPropertyGroups(stack.configFile),
      accepted: { impression: impression.accepted, click: click.accepted },
      findings: await findingsBySeed(results, traffic),
      notes: [],
    };
  };
}
