import type { DuckDBAppender } from '@duckdb/node-api';

/** Writes rows to a table, column by column; knows the few types that the tables have. */
export class RowWriter {
  constructor(private readonly appender: DuckDBAppender) {}

  /** @param value null for SQL's NULL; undefined the same */
  text(value: string | null | undefined): this {
    if (value === null || value === undefined) this.appender.appendNull();
    else this.appender.appendVarchar(value);
    return this;
  }

  /** @param value a whole number, null for SQL's NULL; undefined the same */
  integer(value: number | null | undefined): this {
    if (value === null || value === undefined) this.appender.appendNull();
    else this.appender.appendBigInt(BigInt(value));
    return this;
  }

  end(): void {
    this.appender.endRow();
  }

  /** Hands over what is buffered. */
  close(): void {
    this.appender.closeSync();
  }
}
