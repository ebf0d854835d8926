import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Engine, EngineRun } from './engine';
import { type Evaluation, Evaluator } from './evaluation';
import { acceptedEvents } from './labelled-event';
import { type RunTraffic, type SeedTraffic, seedTraffic } from './seed-traffic';

/** Plan of an evaluation. */
export interface EvaluationPlan extends Pick<RunTraffic, 'rate' | 'minutes'> {
  /** Seeds that were used to develop scenarios and thresholds. */
  readonly tuningSeeds: readonly number[];
  /** Seeds of the evaluation; none of the tuning seeds. */
  readonly judgingSeeds: readonly number[];
  /** Values below 1: the evaluation is repeated with attackers at this pace. */
  readonly paces: readonly number[];
}

/** The figures of both sets of seeds, and their plan and settings. */
export interface EvaluationResult {
  readonly plan: EvaluationPlan;
  readonly settings: EngineRun['settings'];
  readonly notes: readonly string[];
  readonly tuning: Evaluation;
  readonly judging: Evaluation;
  /** By pace: figures of the evaluation with slower attackers. */
  readonly slower: readonly { readonly pace: number; readonly judging: Evaluation }[];
  /** Figures with the list of known bots without its exceptions; undefined if not requested. */
  readonly listAlone?: Evaluation | undefined;
}

/**
 * Generates the traffic of all seeds, applies the rules, and compares their findings with the labels.
 * @param engines `usual` applies the rules to the traffic of all seeds, `slower` to that with slower attackers, `listAlone` to the
 *   judging seeds again, by the list of known bots without its exceptions
 * @throws CommandError (exit code 5) when the accepted events differ from the labels: the figures would describe other traffic
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
    // Generated again, because the labels of all seeds together would need too much memory.
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
