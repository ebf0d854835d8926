import type { DuckDBAppender } from '@duckdb/node-api';

/** Appends rows to a table, column by column; supports the types of the tables. */
export class RowWriter {
  constructor(private readonly appender: DuckDBAppender) {}

  /** @param value null or undefined for SQL's NULL */
  text(value: string | null | undefined): this {
    if (value === null || value === undefined) this.appender.appendNull();
    else this.appender.appendVarchar(value);
    return this;
  }

  /** @param value an integer; null or undefined for SQL's NULL */
  integer(value: number | null | undefined): this {
    if (value === null || value === undefined) this.appender.appendNull();
    else this.appender.appendBigInt(BigInt(value));
    return this;
  }

  end(): void {
    this.appender.endRow();
  }

  /** Writes the buffered rows. */
  close(): void {
    this.appender.closeSync();
  }
}
