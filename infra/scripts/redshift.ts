/** Makes the streaming ingestion of a deployed environment's warehouse. */
import path from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { Command } from 'commander';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { findProgram, Terraform } from '@ad-analytics/terraform-cli';
import { loadEnvironment } from '../src/environments/load-environment';
import { OUT_FOLDER, SETTINGS_FILE } from '../src/project-files';
import { Warehouse } from '../src/warehouse/data-api';
import { makeViews } from '../src/warehouse/make-views';
import { type WarehouseAddress, warehouseAddress } from '../src/warehouse/outputs';
import { warehouseStatements } from '../src/warehouse/statements';

/** @returns the address, from the state of the deployment */
async function deployedWarehouse(environment: string): Promise<WarehouseAddress> {
  const program = findProgram('terraform');
  if (program === undefined) throw new Error('There is no terraform on the PATH.');
  const folder = path.join(OUT_FOLDER, 'stacks', environment);
  const terraform = new Terraform({ program, folder, env: process.env, pluginDir: undefined, logFile: undefined });
  const address = warehouseAddress(await terraform.json('output', '-json'));
  if (address === undefined) {
    throw new Error(
      `The environment ${environment} has no warehouse: set \`warehouse\` in its file and deploy it first.`,
    );
  }
  return address;
}

async function redshift(name: string, { rebuild, print }: { rebuild: boolean; print: boolean }): Promise<void> {
  const { region } = loadEnvironment(name);
  const { streamName } = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE).results;
  if (print) {
    const statements = warehouseStatements({ role_arn: 'ROLE_ARN', results_stream: streamName });
    console.log(statements.map(({ name: file, sql }) => `-- ${file}\n${sql}`).join('\n'));
    return;
  }
  const address = await deployedWarehouse(name);
  const client = new RedshiftDataClient({ region });
  try {
    const statements = warehouseStatements({ role_arn: address.roleArn, results_stream: streamName });
    await makeViews(new Warehouse(client, address), statements, {
      rebuild,
      onDone: (file, outcome) => console.log(`${outcome.padEnd(13)}  ${file}`),
    });
  } finally {
    client.destroy();
  }
}

new Command('redshift')
  .description('Make the external schema, the materialized views and the views of a deployed environment in Redshift.')
  .argument('<environment>', 'name of the environment')
  .option(
    '--rebuild',
    'drop and make anew the materialized views of the record types, after a change of the contract',
    false,
  )
  .option('--print', 'only print the statements, in order', false)
  .addHelpText(
    'after',
    '\nTo be run after the deployment, and again after a change; what is there stays. It reads the outputs of Terraform in\n' +
      'infra/cdktf.out/stacks/<environment>, and needs credentials for the Redshift Data API and the secret of the administrator.',
  )
  .action(redshift)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
