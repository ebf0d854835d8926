import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { StatementError, Warehouse } from './data-api';
import { warehouseAddress } from './outputs';

const ADDRESS = { workgroup: 'w', database: 'd', secretArn: 's', roleArn: 'r' };

/** A Data API whose statement is described as these say, one after the other. */
function warehouse(statuses: readonly { Status: string; Error?: string }[], pages: unknown[] = []) {
  const sent: unknown[] = [];
  const left = [...statuses];
  const send = (command: unknown) => {
    sent.push(command);
    if (command instanceof ExecuteStatementCommand) return Promise.resolve({ Id: 'id' });
    if (command instanceof DescribeStatementCommand) return Promise.resolve(left.shift());
    if (command instanceof GetStatementResultCommand) return Promise.resolve(pages.shift());
    throw new Error('an unexpected command');
  };
  return { sent, warehouse: new Warehouse({ send } as unknown as RedshiftDataClient, ADDRESS, 0) };
}

describe('Warehouse', () => {
  it('runs a statement in the workgroup and waits for its end', async () => {
    const { sent, warehouse: run } = warehouse([
      { Status: 'SUBMITTED' },
      { Status: 'STARTED' },
      { Status: 'FINISHED' },
    ]);
    await run.run('a view', 'CREATE');
    expect((sent[0] as ExecuteStatementCommand).input).toEqual({
      WorkgroupName: 'w',
      Database: 'd',
      SecretArn: 's',
      StatementName: 'a view',
      Sql: 'CREATE',
    });
    expect(sent).toHaveLength(4);
  });

  it.each(['FAILED', 'ABORTED'])('says which statement is %s, and why', async (Status) => {
    const { warehouse: run } = warehouse([{ Status, Error: 'permission denied' }]);
    await expect(run.run('a view', 'CREATE')).rejects.toThrow(new StatementError('a view', 'permission denied'));
  });

  it('reads all pages of an answer', async () => {
    const { warehouse: run } = warehouse(
      [{ Status: 'FINISHED' }],
      [
        { Records: [[{ stringValue: 'a' }]], NextToken: 'next' },
        { Records: [[{ stringValue: 'b' }], [{ isNull: true }]] },
      ],
    );
    expect(await run.texts('names', 'SELECT')).toEqual(['a', 'b']);
  });
});

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

  it('finds nothing when nothing exists', () => {
    expect(warehouseAddress({})).toBeUndefined();
    expect(warehouseAddress({ ...outputs, warehouse_role_arn: { value: null } })).toBeUndefined();
  });
});
