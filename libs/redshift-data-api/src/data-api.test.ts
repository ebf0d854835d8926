import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { StatementError, Warehouse } from './data-api';

const DATABASE = { workgroup: 'w', database: 'd', secretArn: 's' };

/** A Data API that returns these descriptions of its statement, one after the other. */
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
  return { sent, warehouse: new Warehouse({ send } as unknown as RedshiftDataClient, DATABASE, 0) };
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

  it('sends values as parameters, not as a part of the statement', async () => {
    const { sent, warehouse: run } = warehouse([{ Status: 'FINISHED' }]);
    await run.run('a query', 'SELECT :id', { id: "'; DROP TABLE results; --" });
    expect((sent[0] as ExecuteStatementCommand).input).toMatchObject({
      Sql: 'SELECT :id',
      Parameters: [{ name: 'id', value: "'; DROP TABLE results; --" }],
    });
  });

  it.each(['FAILED', 'ABORTED'])('names the statement that is %s, and the reason', async (Status) => {
    const { warehouse: run } = warehouse([{ Status, Error: 'permission denied' }]);
    await expect(run.run('a view', 'CREATE')).rejects.toThrow(new StatementError('a view', 'permission denied'));
  });

  it('reads all pages of a result', async () => {
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
