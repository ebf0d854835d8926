import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Engine, EngineRun } from './engine';
import { type Evaluation, Evaluator } from './evaluation';
import { acceptedEvents } from './labelled-event';
import { type RunTraffic, type SeedTraffic, seedTraffic } from './seed-traffic';

/** What an evaluation is made of. */
export interface EvaluationPlan extends Pick<RunTraffic, 'rate' | 'minutes'> {
  /** Looked at while scenarios and thresholds were made. */
  readonly tuningSeeds: readonly number[];
  /** Judged; none of the others. */
  readonly judgingSeeds: readonly number[];
  /** Below 1: the judging seeds again, with attackers that are slower by this. */
  readonly paces: readonly number[];
}

/** The figures of both sets of seeds, and what they were made with. */
export interface EvaluationResult {
  readonly plan: EvaluationPlan;
  readonly settings: EngineRun['settings'];
  readonly notes: readonly string[];
  readonly tuning: Evaluation;
  readonly judging: Evaluation;
  /** By pace, the judging seeds with slower attackers. */
  readonly slower: readonly { readonly pace: number; readonly judging: Evaluation }[];
  /** The judging seeds by the list of known bots without its exceptions; undefined when not asked for. */
  readonly listAlone?: Evaluation | undefined;
}

/**
 * Generates the traffic of all seeds, has the rules applied, and judges what they have found by the labels.
 * @param engines `usual` applies the rules to the traffic of all seeds, `slower` to that with slower attackers, `listAlone` to the
 *   judging seeds again, by the list of known bots without its exceptions
 * @throws CommandError (exit code 5) when other events were accepted than the labels say: the figures would be of other traffic
 */
export async function evaluate(
  plan: EvaluationPlan,
  engines: { usual: Engine; slower: Engine; listAlone?: Engine | undefined },
  signal: AbortSignal,
): Promise<EvaluationResult> {
  const traffic = seedTraffic({ ...plan, seeds: [...plan.tuningSeeds, ...plan.judgingSeeds] });
  const run = await engines.usual(traffic);
  const { tuning, judging } = evaluateSeeds(traffic, run, plan.tuningSeeds, signal);
  const slower: EvaluationResult['slower'][number][] = [];
  for (const attackPace of plan.paces) {
    const slow = seedTraffic({ ...plan, seeds: plan.judgingSeeds, attackPace });
    slower.push({ pace: attackPace, judging: evaluateSeeds(slow, await engines.slower(slow), [], signal).judging });
  }
  const unseen = seedTraffic({ ...plan, seeds: plan.judgingSeeds });
  const listAlone = engines.listAlone && evaluateSeeds(unseen, await engines.listAlone(unseen), [], signal).judging;
  return { plan, settings: run.settings, notes: run.notes, tuning, judging, slower, listAlone };
}

function evaluateSeeds(
  traffic: readonly SeedTraffic[],
  run: EngineRun,
  tuningSeeds: readonly number[],
  signal: AbortSignal,
): { tuning: Evaluation; judging: Evaluation } {
  const tuning = new Evaluator();
  const judging = new Evaluator();
  const labelled = { impression: 0, click: 0 };
  for (const one of traffic) {
    signal.throwIfAborted();
    // Generated again: the labels of all seeds at a time would fill the memory.
    const events = acceptedEvents(one.emissions());
    for (const { kind } of events) labelled[kind] += 1;
    const findings = run.findings.get(one.seed);
    if (findings === undefined) throw new Error(`Findings are missing for seed ${one.seed}`);
    (tuningSeeds.includes(one.seed) ? tuning : judging).add(one.seed, events, findings);
  }
  for (const kind of ['impression', 'click'] as const) {
    if (labelled[kind] !== run.accepted[kind]) {
      throw new CommandError(
        `By the labels ${labelled[kind]} ${kind}s should be accepted, and ${run.accepted[kind]} were.`,
        BOOKS_DO_NOT_BALANCE,
      );
    }
  }
  return { tuning: tuning.evaluation(), judging: judging.evaluation() };
}
