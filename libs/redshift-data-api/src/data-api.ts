import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';

const POLL_MS = 1_000;
/** The creation of a materialized view reads the complete stream, so it can take long. */
const MAX_POLLS = 1_800;

/** Workgroup and user of the statements. */
export interface WarehouseDatabase {
  readonly workgroup: string;
  readonly database: string;
  /** ARN of the secret with the name and password of the user. */
  readonly secretArn: string;
}

/** Values of a statement: `:name` in the SQL is the value of `name`. */
export type StatementParameters = Readonly<Record<string, string>>;

/** Redshift rejected a statement, or did not finish it. */
export class StatementError extends Error {
  override readonly name = 'StatementError';

  /** @param statement its name @param reason from Redshift */
  constructor(
    readonly statement: string,
    reason: string,
  ) {
    super(`${statement}: ${reason}`);
  }
}

/** Runs statements in the warehouse with the Data API, which does not need access to its network. */
export class Warehouse {
  /**
   * @param client of the region
   * @param database of the warehouse
   * @param pollMs interval between polls of a statement, in milliseconds
   */
  constructor(
    private readonly client: Pick<RedshiftDataClient, 'send'>,
    private readonly database: WarehouseDatabase,
    private readonly pollMs = POLL_MS,
  ) {}

  /**
   * Runs a statement to its end.
   * @param name for the error
   * @param parameters values of the statement
   * @returns its id
   * @throws {StatementError} when it fails or takes more than half an hour
   */
  async run(name: string, sql: string, parameters: StatementParameters = {}): Promise<string> {
    const values = Object.entries(parameters).map(([parameter, value]) => ({ name: parameter, value }));
    const { Id } = await this.client.send(
      new ExecuteStatementCommand({
        WorkgroupName: this.database.workgroup,
        Database: this.database.database,
        SecretArn: this.database.secretArn,
        StatementName: name,
        Sql: sql,
        // The Data API rejects an empty list.
        ...(values.length === 0 ? {} : { Parameters: values }),
      }),
    );
    if (Id === undefined) throw new StatementError(name, 'the Data API did not return a statement id');
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const { Status, Error: reason } = await this.client.send(new DescribeStatementCommand({ Id }));
      if (Status === 'FINISHED') return Id;
      if (Status === 'FAILED' || Status === 'ABORTED') throw new StatementError(name, reason ?? Status);
      await sleep(this.pollMs);
    }
    throw new StatementError(name, `has not ended after ${MAX_POLLS} polls`);
  }

  /**
   * @param name for the error
   * @param sql a query with one column of text
   * @param parameters values of the query
   * @returns its rows
   * @throws {StatementError} when it fails
   */
  async texts(name: string, sql: string, parameters: StatementParameters = {}): Promise<string[]> {
    const Id = await this.run(name, sql, parameters);
    const texts: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetStatementResultCommand({ Id, ...(NextToken === undefined ? {} : { NextToken }) }),
      );
      for (const [field] of page.Records ?? []) if (field?.stringValue !== undefined) texts.push(field.stringValue);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return texts;
  }
}
