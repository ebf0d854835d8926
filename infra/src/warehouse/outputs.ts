import { z } from 'zod';

/** What the warehouse publishes of itself, and the command that makes its views reads. */
export const WAREHOUSE_OUTPUTS = {
  workgroup: 'warehouse_workgroup',
  database: 'warehouse_database',
  secretArn: 'warehouse_secret_arn',
  roleArn: 'warehouse_role_arn',
} as const;

/** Where to run the statements, and what they need. */
export type WarehouseAddress = Readonly<Record<keyof typeof WAREHOUSE_OUTPUTS, string>>;

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * @param outputs what `terraform output -json` prints
 * @returns the address; undefined where the environment has no warehouse, or none yet
 */
export function warehouseAddress(outputs: unknown): WarehouseAddress | undefined {
  const parsed = outputsSchema.parse(outputs);
  const values = Object.entries(WAREHOUSE_OUTPUTS).map(([name, output]) => [name, parsed[output]?.value]);
  if (values.some(([, value]) => typeof value !== 'string')) return undefined;
  return Object.fromEntries(values) as WarehouseAddress;
}
