import { Command } from 'commander';
import { runDeploymentCheck } from './run-deployment-check';
import { CheckList, concludeChecks } from '@ad-analytics/command-line/check-list';

/**
 * `e2e-infra`: deploys to the local AWS, with one line per check.
 * @param interrupted signal to end
 */
export function e2eInfraCommand(interrupted: AbortSignal): Command {
  return new Command('e2e-infra')
    .description(
      'Deploy the environment dev to the local AWS with the cdktf CLI, run the deployed application and sink, and destroy everything again.',
    )
    .option('--side-by-side', 'also run a second version of the job side by side; this needs another deployment', false)
    .addHelpText(
      'after',
      '\nNeeds Terraform on the PATH and a mirror with its AWS provider (TERRAFORM_PROVIDER_MIRROR, or in a usual place); without them it is\n' +
        'skipped. Prints a line "ok", "FAIL" or "skip" for each check. Exit code 0: none failed; 1: some did.',
    )
    .action(async ({ sideBySide }: { sideBySide: boolean }) => {
      const checks = new CheckList((line) => console.log(line));
      await runDeploymentCheck(sideBySide, checks, interrupted);
      concludeChecks(checks, 'The check of the deployment failed; see the lines above.');
    });
}
