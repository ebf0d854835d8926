import { z } from 'zod';
import type { WarehouseDatabase } from '@ad-analytics/redshift-data-api';

/** Where results are stored. Undefined: the environment does not have this store, or it was not named. */
export interface StoreNames {
  readonly table: string | undefined;
  readonly archive: string | undefined;
  readonly warehouse: WarehouseDatabase | undefined;
  /** Bucket of the Iceberg table. Athena deletes the rows. */
  readonly iceberg: string | undefined;
}

/** Outputs of the pipeline's stack. */
const OUTPUTS = {
  table: 'results_table',
  archive: 'archive_bucket',
  iceberg: 'iceberg_bucket',
  workgroup: 'warehouse_workgroup',
  database: 'warehouse_database',
  secretArn: 'warehouse_secret_arn',
} as const;

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * @param outputs what `terraform output -json` prints
 * @returns the stores of the environment
 * @throws {Error} when the text has another format, or some outputs of the warehouse are missing
 */
export function deployedStores(outputs: unknown): StoreNames {
  const parsed = outputsSchema.safeParse(outputs);
  if (!parsed.success) throw new Error('it does not have the form of `terraform output -json`');
  const text = (name: string) => {
    const value = parsed.data[name]?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const [workgroup, database, secretArn] = [OUTPUTS.workgroup, OUTPUTS.database, OUTPUTS.secretArn].map(text);
  const parts = [workgroup, database, secretArn].filter((part) => part !== undefined);
  if (parts.length !== 0 && parts.length !== 3) {
    throw new Error(`it must have all of ${OUTPUTS.workgroup}, ${OUTPUTS.database} and ${OUTPUTS.secretArn}, or none`);
  }
  return {
    table: text(OUTPUTS.table),
    archive: text(OUTPUTS.archive),
    iceberg: text(OUTPUTS.iceberg),
    warehouse:
      workgroup === undefined || database === undefined || secretArn === undefined
        ? undefined
        : { workgroup, database, secretArn },
  };
}
