import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { Warehouse } from '@ad-analytics/redshift-data-api';
import type { Environment } from '../environments/environment';
import { SETTINGS_FILE } from '../project-files';
import { makeViews } from '../warehouse/make-views';
import { warehouseAddress } from '../warehouse/outputs';
import { warehouseStatements } from '../warehouse/statements';
import { UsageError } from './errors';

/** The part of Terraform that is used here. */
interface Outputs {
  json(...args: readonly string[]): Promise<unknown>;
}

/** Placeholder for the role, which may not exist yet when the statements are only printed. */
const ANY_ROLE = 'ROLE_ARN';

function resultsStream(): string {
  return pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE).results.streamName;
}

/** @returns the statements of {@link makeRedshiftViews}, to be read or run by hand; ROLE_ARN stands for the warehouse's role */
export function printedStatements(): string {
  const statements = warehouseStatements({ role_arn: ANY_ROLE, results_stream: resultsStream() });
  return statements.map(({ name, sql }) => `-- ${name}\n${sql}`).join('\n');
}

/**
 * Creates the external schema, the materialized views and the views in the warehouse of a deployed environment. It can be run again;
 * existing materialized views stay.
 * @param environment that is deployed
 * @param terraform of its stack, initialised
 * @param rebuild whether to recreate the materialized views of the record types, after a change of the contract
 * @throws {UsageError} when the environment has no warehouse, or the warehouse is not deployed
 */
export async function makeRedshiftViews(environment: Environment, terraform: Outputs, rebuild: boolean): Promise<void> {
  if (environment.warehouse === undefined) {
    throw new UsageError(
      `The environment ${environment.name} has no \`warehouse\`: describe the warehouse in its file first.`,
    );
  }
  const address = warehouseAddress(await terraform.json('output', '-json'));
  if (address === undefined) {
    throw new UsageError(`The warehouse of ${environment.name} is not deployed yet: deploy the environment first.`);
  }
  const client = new RedshiftDataClient({ region: environment.region });
  try {
    const statements = warehouseStatements({ role_arn: address.roleArn, results_stream: resultsStream() });
    await makeViews(new Warehouse(client, address), statements, {
      rebuild,
      onDone: (file, outcome) => console.log(`${outcome.padEnd(13)}  ${file}`),
    });
  } finally {
    client.destroy();
  }
}
