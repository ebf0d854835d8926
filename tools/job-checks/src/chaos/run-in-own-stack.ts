import type { CheckList } from '@ad-analytics/command-line/check-list';
import { type StackOptions, withLocalStack } from '@ad-analytics/local-stack/stack';
import { runScenario, unfinished } from './chaos-run';
import type { PlannedRun } from './planned-run';
import type { Scenario } from './scenario';
import type { ScenarioResult, UnfinishedRun } from './scenario-result';

/**
 * Runs a scenario in a separate local stack, so that what one scenario breaks does not disturb the next.
 * @param options of the stack
 * @param interrupted ends it
 * @returns what happened. A part of the stack that ends or does not start is a failed check, and a run that did not reach its end
 * @throws the signal's reason
 */
export async function runInOwnStack(
  options: StackOptions,
  { scenario: name, seed }: PlannedRun,
  scenario: Scenario,
  { checks, interrupted, say }: { checks: CheckList; interrupted: AbortSignal; say: (line: string) => void },
): Promise<ScenarioResult | UnfinishedRun> {
  let running: Promise<ScenarioResult | UnfinishedRun> | undefined;
  try {
    return await withLocalStack(options, interrupted, (stack) => {
      const broken = new AbortController();
      stack.parts.failed.catch((error: unknown) => broken.abort(error));
      const signal = AbortSignal.any([interrupted, broken.signal]);
      running = runScenario({ stack, seed, checks, signal, say }, name, scenario);
      return running;
    });
  } catch (error) {
    // Every process of this run must end before the next run starts.
    await running?.catch(() => {});
    interrupted.throwIfAborted();
    const problem = error instanceof Error ? error.message : String(error);
    checks.holds(`${name}: the run reaches its end`, false, problem);
    return { ...unfinished(name, scenario, seed), problem };
  }
}
