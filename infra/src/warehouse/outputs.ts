import { z } from 'zod';

/** Outputs of the warehouse, which the command for its views reads. */
export const WAREHOUSE_OUTPUTS = {
  workgroup: 'warehouse_workgroup',
  database: 'warehouse_database',
  secretArn: 'warehouse_secret_arn',
  roleArn: 'warehouse_role_arn',
} as const;

/** Address of the warehouse, and the parameters of the statements. */
export type WarehouseAddress = Readonly<Record<keyof typeof WAREHOUSE_OUTPUTS, string>>;

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * @param outputs output of `terraform output -json`
 * @returns the address; undefined if the environment has no warehouse, or it is not deployed yet
 */
export function warehouseAddress(outputs: unknown): WarehouseAddress | undefined {
  const parsed = outputsSchema.parse(outputs);
  const values = Object.entries(WAREHOUSE_OUTPUTS).map(([name, output]) => [name, parsed[output]?.value]);
  if (values.some(([, value]) => typeof value !== 'string')) return undefined;
  return Object.fromEntries(values) as WarehouseAddress;
}
