import path from 'node:path';
import { KinesisAnalyticsV2Client } from '@aws-sdk/client-kinesis-analytics-v2';
import { Command, CommanderError } from 'commander';
import { loadPropertyGroups, pipelineSettings, SettingsError } from '@ad-analytics/pipeline-settings';
import { TerraformError } from '@ad-analytics/terraform-cli';
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
import { StatementError } from './warehouse/data-api';

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

/** Adds a command about one environment. */
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

/** Synthesises the environment, and readies Terraform for it. */
async function prepared(environment: Environment) {
  synthesise([environment]);
  const terraform = terraformOf(environment.name);
  // A state that is now kept elsewhere must be moved, not left behind: Terraform stops here and says how.
  await terraform.init();
  return terraform;
}

function application(environment: Environment, version: string | undefined): Application {
  const client = new KinesisAnalyticsV2Client({ region: environment.region });
  return new Application(client, applicationName(environment, version), (line) => console.error(line));
}

/** Adds the choice of a version to a command about the application. */
function ofVersion(one: Command): Command {
  return one
    .option('--application <version>', `${VERSIONS.join(' or ')}: which version of the job (default: blue)`)
    .option('--environments <folder>', 'take the environment from another folder');
}

const program = new Command('nx run infra:').description('Deploys the pipeline to AWS.').exitOverride();

program
  .command('synth')
  .description('Write the Terraform JSON of every environment, or of one, to infra/cdktf.out.')
  .option('--env <name>', 'only this one')
  .option('--out <folder>', 'write to another folder')
  .option('--environments <folder>', 'of environments in another folder, such as the examples')
  .option(
    '--flink-zip <file>',
    'take this application instead of the one that is built, such as that of an earlier release',
  )
  .option('--sink-bundle <folder>', "the same for the sink's bundle")
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
    'What the cdktf CLI calls (cdktf.json): build what is deployed, and write the Terraform JSON of every environment to the folder that it names.',
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
    'Let Terraform validate the JSON of every environment and example by the provider that is deployed; needs the registry, or a mirror with it.',
  )
  .action(() => validate());

command(
  'bootstrap',
  "Make the bucket of the environment's state and the roles of GitHub Actions; once, by an administrator.",
  (environment, { yes = false }) => bootstrap(environment, yes),
).option('--yes', 'ask for no approval');

command(
  'diff',
  'Say what deploying would change. Exit code 0: whether or not there is something.',
  async (environment) => {
    const terraform = await prepared(environment);
    // A reader may have no right to lock, and what it makes is a report.
    await terraform.planChanges('-lock=false', `-out=${PLAN_FILE}`);
  },
);

command(
  'deploy',
  'Make the environment what its code says. Starts nothing: see start.',
  async (environment, { yes }) => {
    requireMail(environment);
    const terraform = await prepared(environment);
    await terraform.run('apply', ...(yes === true ? ['-auto-approve'] : []));
    for (const version of versionsOf(environment)) await application(environment, version).enableSystemRollback();
  },
).option('--yes', 'ask for no approval');

command(
  'destroy',
  'Take everything of the environment away. What is protected refuses it.',
  async (environment, { yes }) => {
    const terraform = await prepared(environment);
    await terraform.run('destroy', ...(yes === true ? ['-auto-approve'] : []));
  },
).option('--yes', 'ask for no approval');

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
).option('--force', 'stop it without a snapshot, also while it starts, updates or stops');

command(
  'preflight',
  'Look, with calls that change nothing, at what a first deployment needs, and say what to do. Exit code 1: something is in the way.',
  async (environment) => {
    const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
    const findings = await preflight(environment, settings, preflightClients(environment.region));
    console.log(report(findings));
    if (findings.some(({ outcome }) => outcome === 'wrong')) process.exitCode = 1;
  },
);

command(
  'grafana',
  'Write the graphs of the CloudWatch dashboard as one of Grafana, to be imported there, to infra/cdktf.out/grafana.',
  async (environment) => {
    const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
    console.error(writeDerived(OUT_FOLDER, 'grafana', environment.name, grafanaDashboard(environment, settings)));
  },
);

ofVersion(
  command(
    'settings',
    'Write the settings that the application is deployed with, as flink/kinesis-config.json has them, to infra/cdktf.out/settings: for --config of the generator and of verify.',
    async (environment, { application: version }) => {
      const { name, groups } = deployedSettings(loadPropertyGroups(SETTINGS_FILE), environment, version);
      console.error(writeDerived(OUT_FOLDER, 'settings', name, groups));
    },
  ),
);

program
  .command('redshift')
  .description(
    'Make the views of the results in the deployed Redshift warehouse; after deploy, and again after a change of them.',
  )
  .requiredOption('--env <name>', `one of ${environmentNames().join(', ')}: a file of infra/environments`)
  .option('--rebuild', 'make the materialized views of the record types anew, after a change of the contract', false)
  .option('--print', 'only print the statements', false)
  .action(async ({ env, rebuild, print }: Flags & { rebuild: boolean; print: boolean }) => {
    const environment = loadEnvironment(env);
    if (print) console.log(printedStatements());
    else await makeRedshiftViews(environment, await prepared(environment), rebuild);
  });

/** What is said in full by its message. */
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
