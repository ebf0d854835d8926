import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { RecordType } from '@ad-analytics/event-schemas';
import { ERRORS_FOLDER, partitionFolder, partitionOf, TABLE_FOLDER } from '@ad-analytics/archive-table';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { archiveRow, recordStructure } from './duckdb-columns';

/** Firehose's minimum buffer size for Parquet, which determines the size of the files. */
const BUFFER_BYTES = 64 * 1024 * 1024;
const MEMORY_LIMIT = '1GB';
const THREADS = '2';

/** Counts of one record type. */
export interface ArchivedType {
  readonly records: number;
  readonly files: number;
  /** Size of the Parquet files. */
  readonly bytes: number;
}

/** Total counts. */
export interface Archived {
  readonly types: ReadonlyMap<RecordType, ArchivedType>;
  /** Number of invalid records; they are in {@link ERRORS_FOLDER}, with the reason. */
  readonly malformed: number;
}

/**
 * Writes results in Firehose's layout in S3: they are buffered, and then written as one Parquet file for each partition. Like Firehose, it
 * keeps repeated deliveries; the views remove them. Memory is bounded by the buffer. A file appears only when it is complete.
 */
export class ArchiveWriter {
  private readonly types = new Map<RecordType, ArchivedType>();
  private buffered = new Map<string, { recordType: RecordType; records: string[] }>();
  private bufferedBytes = 0;
  private malformed = 0;

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
    private readonly bufferBytes: number,
  ) {}

  /**
   * Opens a writer, calls `work`, and then writes the buffered results.
   * @param folder of the archive; existing files stay
   * @param work called with the writer
   * @param options `bufferBytes`: bytes of JSON to buffer before files are written
   * @returns counts of the written records
   */
  static async use(
    folder: string,
    work: (writer: ArchiveWriter) => Promise<void>,
    options: { bufferBytes?: number } = {},
  ): Promise<Archived> {
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: MEMORY_LIMIT, threads: THREADS });
    const connection = await instance.connect();
    try {
      const writer = new ArchiveWriter(connection, folder, options.bufferBytes ?? BUFFER_BYTES);
      await work(writer);
      await writer.flush();
      return { types: writer.types, malformed: writer.malformed };
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** @param data bytes of a record of the result stream */
  async add(data: Uint8Array): Promise<void> {
    const parsed = parseResult(data);
    if ('problem' in parsed) {
      this.reject(data, parsed.problem);
      return;
    }
    const { record } = parsed;
    const place = partitionFolder(partitionOf(record));
    let partition = this.buffered.get(place);
    if (partition === undefined) {
      this.buffered.set(place, (partition = { recordType: record.record_type, records: [] }));
    }
    // zod has dropped fields that are not part of the contract.
    const text = JSON.stringify(record);
    partition.records.push(text);
    this.bufferedBytes += text.length;
    if (this.bufferedBytes >= this.bufferBytes) await this.flush();
  }

  private async flush(): Promise<void> {
    const partitions = this.buffered;
    this.buffered = new Map();
    this.bufferedBytes = 0;
    for (const [place, { recordType, records }] of partitions) {
      const bytes = await this.writeFile(place, recordType, records);
      const before = this.types.get(recordType) ?? { records: 0, files: 0, bytes: 0 };
      this.types.set(recordType, {
        records: before.records + records.length,
        files: before.files + 1,
        bytes: before.bytes + bytes,
      });
    }
  }

  /** @returns size of the file in bytes */
  private async writeFile(place: string, recordType: RecordType, records: readonly string[]): Promise<number> {
    const name = `${randomUUID()}.parquet`;
    const partition = path.join(this.folder, TABLE_FOLDER, place);
    mkdirSync(partition, { recursive: true });
    // Next to the table's folder, so that queries do not read it.
    const partial = path.join(this.folder, `.${name}`);
    await this.connection.run('CREATE OR REPLACE TEMP TABLE delivery (record VARCHAR)');
    const appender = await this.connection.createAppender('delivery');
    for (const text of records) {
      appender.appendVarchar(text);
      appender.endRow();
    }
    appender.closeSync();
    try {
      await this.connection.run(
        `COPY (
           SELECT ${archiveRow(recordType)}
           FROM (SELECT from_json_strict(record, ${sqlLiteral(recordStructure(recordType))}) AS record FROM delivery)
         ) TO ${sqlLiteral(partial)} (FORMAT parquet, COMPRESSION snappy)`,
      );
      const { size } = statSync(partial);
      renameSync(partial, path.join(partition, name));
      return size;
    } finally {
      rmSync(partial, { force: true });
      await this.connection.run('DROP TABLE IF EXISTS delivery');
    }
  }

  /** Keeps records that Firehose could not convert, in the format of its error records: base64 and the reason. */
  private reject(data: Uint8Array, problem: string): void {
    this.malformed += 1;
    const folder = path.join(this.folder, ERRORS_FOLDER, 'format-conversion-failed');
    mkdirSync(folder, { recursive: true });
    const line = { errorMessage: problem, rawData: Buffer.from(data).toString('base64') };
    appendFileSync(path.join(folder, 'records.jsonl'), `${JSON.stringify(line)}\n`);
  }
}
