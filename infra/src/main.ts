import path from 'node:path';
import { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import { Command, CommanderError } from 'commander';
import { loadPropertyGroups, pipelineSettings, SettingsError } from '@ad-analytics/pipeline-settings';
import { TerraformError } from '@ad-analytics/terraform-cli';
import { StatementError } from '@ad-analytics/redshift-data-api';
import { VERSIONS, versionsOf } from './applications';
import { Application, ApplicationError } from './commands/application';
import { applicationName } from './commands/application-name';
import { bootstrap } from './commands/bootstrap';
import { buildArtefacts } from './commands/build-artefacts';
import { deployedSettings } from './commands/deployed-settings';
import { writeDerived } from './commands/derived-file';
import { UsageError } from './commands/errors';
import { requireMail } from './commands/require-mail';
import { makeRedshiftViews, printedStatements } from './commands/redshift';
import { terraformOf } from './commands/stack-folder';
import { validate } from './commands/validate';
import type { Environment } from './environments/environment';
import {
  ENVIRONMENTS_FOLDER,
  EnvironmentError,
  environmentNames,
  loadEnvironment,
} from './environments/load-environment';
import { grafanaDashboard } from './grafana/grafana-dashboard';
import { preflightClients } from './preflight/clients';
import { preflight, report } from './preflight/preflight';
import { OUT_FOLDER, SETTINGS_FILE } from './project-files';
import { artefactsFolder, builtArtefacts, type KeptBuild, NotBuiltError, synthesise } from './synthesise';

const WRONG_USAGE = 2;
const PLAN_FILE = 'plan';

interface Flags {
  readonly env: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly application?: string;
  readonly environments?: string;
}

interface SynthFlags extends KeptBuild {
  readonly env?: string;
  readonly out?: string;
  readonly environments?: string;
}

/** Adds a command for one environment. */
function command(
  name: string,
  description: string,
  work: (environment: Environment, flags: Flags) => Promise<void>,
): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--env <name>', `one of ${environmentNames().join(', ')}: a file of infra/environments`)
    .action((flags: Flags) => work(loadEnvironment(flags.env, flags.environments), flags));
}

/** Synthesises the environment, and initialises Terraform for it. */
async function prepared(environment: Environment) {
  synthesise([environment]);
  const terraform = terraformOf(environment.name);
  // If the location of the state has changed, the state must be moved: Terraform stops here and says how.
  await terraform.init();
  return terraform;
}

function application(environment: Environment, version: string | undefined): Application {
  const client = new KinesisAnalyticsV2Client({ region: environment.region });
  return new Application(client, applicationName(environment, version), (line) => console.error(line));
}

/** Adds the option for the version to a command for the application. */
function ofVersion(one: Command): Command {
  return one
    .option('--application <version>', `${VERSIONS.join(' or ')}: version of the job (default: blue)`)
    .option('--environments <folder>', 'read the environment from another folder');
}

const program = new Command('nx run infra:').description('Deploys the pipeline to AWS.').exitOverride();

program
  .command('synth')
  .description('Write the Terraform JSON of all environments, or of one, to infra/cdktf.out.')
  .option('--env <name>', 'write only this environment')
  .option('--out <folder>', 'write to another folder')
  .option('--environments <folder>', 'read the environments from another folder, such as the examples')
  .option('--flink-zip <file>', 'use this zip instead of the built one, for example that of an earlier release')
  .option('--sink-bundle <folder>', 'use this bundle of the sink instead of the built one')
  .action(({ env, out = OUT_FOLDER, environments = ENVIRONMENTS_FOLDER, ...kept }: SynthFlags) => {
    const names = env === undefined ? environmentNames(environments) : [env];
    const folder = path.resolve(out);
    synthesise(
      names.map((name) => loadEnvironment(name, environments)),
      folder,
      builtArtefacts(artefactsFolder(folder), kept),
    );
    console.error(`${names.join(', ')}: ${path.join(out, 'stacks')}`);
  });

program
  .command('app')
  .description(
    'Command for the cdktf CLI (cdktf.json): build the artefacts and write the Terraform JSON of all environments to the folder that the CLI names.',
  )
  .action(async () => {
    await buildArtefacts();
    synthesise(
      environmentNames().map((name) => loadEnvironment(name)),
      path.resolve(process.env['CDKTF_OUTDIR'] ?? OUT_FOLDER),
    );
  });

program
  .command('validate')
  .description(
    'Validate the JSON of all environments and examples with Terraform and the deployed provider; needs the registry or a mirror.',
  )
  .action(() => validate());

command(
  'bootstrap',
  "Create the bucket of the environment's state and the roles of GitHub Actions; run it once, as an administrator.",
  (environment, { yes = false }) => bootstrap(environment, yes),
).option('--yes', 'do not ask for approval');

command(
  'diff',
  'Show what a deployment would change. The exit code is 0 with and without changes.',
  async (environment) => {
    const terraform = await prepared(environment);
    // Read-only credentials may lack the permission to lock, and a plan is only a report.
    await terraform.planChanges('-lock=false', `-out=${PLAN_FILE}`);
  },
);

command('deploy', 'Deploy the environment. This does not start the job: see start.', async (environment, { yes }) => {
  requireMail(environment);
  const terraform = await prepared(environment);
  await terraform.run('apply', ...(yes === true ? ['-auto-approve'] : []));
  for (const version of versionsOf(environment)) await application(environment, version).enableSystemRollback();
}).option('--yes', 'do not ask for approval');

command(
  'destroy',
  'Destroy all resources of the environment. Protected resources cause an error.',
  async (environment, { yes }) => {
    const terraform = await prepared(environment);
    await terraform.run('destroy', ...(yes === true ? ['-auto-approve'] : []));
  },
).option('--yes', 'do not ask for approval');

ofVersion(
  command(
    'start',
    'Start the deployed Flink application from its latest snapshot, and wait until it runs.',
    (environment, flags) => application(environment, flags.application).start(),
  ),
);

ofVersion(
  command('stop', 'Stop the Flink application with a snapshot, and wait until it has stopped.', (environment, flags) =>
    application(environment, flags.application).stop(flags.force),
  ),
).option('--force', 'stop it without a snapshot, even while it starts, updates or stops');

command(
  'preflight',
  'Check the requirements of a first deployment with read-only calls, and say what to do. Exit code 1: a requirement is not met.',
  async (environment) => {
    const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
    const findings = await preflight(environment, settings, preflightClients(environment.region));
    console.log(report(findings));
    if (findings.some(({ outcome }) => outcome === 'wrong')) process.exitCode = 1;
  },
);

command(
  'grafana',
  'Write the CloudWatch dashboard as a Grafana dashboard, for import, to infra/cdktf.out/grafana.',
  async (environment) => {
    const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
    console.error(writeDerived(OUT_FOLDER, 'grafana', environment.name, grafanaDashboard(environment, settings)));
  },
);

ofVersion(
  command(
    'settings',
    'Write the deployed settings, in the format of flink/kinesis-config.json, to infra/cdktf.out/settings, for --config of the generator and of verify.',
    async (environment, { application: version }) => {
      const { name, groups } = deployedSettings(loadPropertyGroups(SETTINGS_FILE), environment, version);
      console.error(writeDerived(OUT_FOLDER, 'settings', name, groups));
    },
  ),
);

program
  .command('redshift')
  .description(
    'Create the views of the results in the deployed Redshift warehouse; run it after deploy and after a change of the views.',
  )
  .requiredOption('--env <name>', `one of ${environmentNames().join(', ')}: a file of infra/environments`)
  .option('--rebuild', 'recreate the materialized views of the record types, after a change of the contract', false)
  .option('--print', 'only print the statements', false)
  .action(async ({ env, rebuild, print }: Flags & { rebuild: boolean; print: boolean }) => {
    const environment = loadEnvironment(env);
    if (print) console.log(printedStatements());
    else await makeRedshiftViews(environment, await prepared(environment), rebuild);
  });

/** Errors whose message is complete without a stack trace. */
const TOLD = [EnvironmentError, SettingsError, NotBuiltError, UsageError];

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  } else if (error instanceof TerraformError || error instanceof ApplicationError || error instanceof StatementError) {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  } else if (TOLD.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
    process.exitCode = WRONG_USAGE;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
});
