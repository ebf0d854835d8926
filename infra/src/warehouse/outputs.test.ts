import { warehouseAddress } from './outputs';

const ADDRESS = { workgroup: 'w', database: 'd', secretArn: 's', roleArn: 'r' };

describe('warehouseAddress', () => {
  const outputs = {
    warehouse_workgroup: { value: 'w' },
    warehouse_database: { value: 'd' },
    warehouse_secret_arn: { value: 's' },
    warehouse_role_arn: { value: 'r' },
  };

  it('finds the warehouse in the outputs of Terraform', () => {
    expect(warehouseAddress({ ...outputs, results_table: { value: 't', sensitive: false } })).toEqual(ADDRESS);
  });

  it('finds nothing without a warehouse', () => {
    expect(warehouseAddress({})).toBeUndefined();
    expect(warehouseAddress({ ...outputs, warehouse_role_arn: { value: null } })).toBeUndefined();
  });
});
