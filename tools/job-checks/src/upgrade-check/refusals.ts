import { loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import type { CaseContext } from './run-case';
import type { UpgradeRun } from './upgrade-run';

const RUNBOOK = 'docs/runbooks/update-the-job.md';

/**
 * Starts the job with one setting changed that the state does not support, and checks that it ends at once and says why.
 * @param settings value by name
 * @param savepoint that the jobs are to continue from
 */
export async function checkRefusals(
  { checks, stack, say }: CaseContext,
  run: UpgradeRun,
  name: string,
  settings: Readonly<Record<string, string>>,
  savepoint: string,
): Promise<void> {
  const groups = loadPropertyGroups(stack.configFile);
  for (const [setting, value] of Object.entries(settings)) {
    const title = `${name}: ${setting} changed to ${value}`;
    say(title);
    const job = await run.submit({ [setting]: value }, { fromSavepoint: savepoint });
    const message = await job.running(run.signal).then(
      () => 'it runs',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    run.signal.throwIfAborted();
    const was = groups.map(({ PropertyMap }) => PropertyMap[setting]).find((of) => of !== undefined);
    checks.holds(
      `${title}: refused, with its name, old and new value, and the runbook`,
      message.includes(`/${setting} was ${was} and is ${value}.`) && message.includes(RUNBOOK),
      message,
    );
    const { state } = await job.details();
    checks.equal(`${title}: the job has ended and is not started again`, state, 'FAILED');
  }
}
