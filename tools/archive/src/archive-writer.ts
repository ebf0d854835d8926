import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { RecordType } from '@ad-analytics/event-schemas';
import { ERRORS_FOLDER, partitionFolder, partitionOf, TABLE_FOLDER } from '@ad-analytics/archive-table';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { sqlLiteral } from '@ad-analytics/duckdb-client/sql-literal';
import { archiveRow, recordStructure } from './duckdb-columns';

/** What Firehose buffers at least before it writes Parquet, so how large its files are. */
const BUFFER_BYTES = 64 * 1024 * 1024;
const MEMORY_LIMIT = '1GB';
const THREADS = '2';

/** What was written of one record type. */
export interface ArchivedType {
  readonly records: number;
  readonly files: number;
  /** Of the Parquet files. */
  readonly bytes: number;
}

/** What was written in all. */
export interface Archived {
  readonly types: ReadonlyMap<RecordType, ArchivedType>;
  /** Records that are none of the contract; they are in {@link ERRORS_FOLDER}, with the reason. */
  readonly malformed: number;
}

/**
 * Writes results in the layout that Firehose has in S3: buffered, then a Parquet file for each partition among them. As
 * Firehose does, it keeps what comes twice; the views sort that out. Memory is bounded by the buffer. A file is there only once it
 * is whole.
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
   * Opens a writer for a piece of work; what is buffered is written when the work is done.
   * @param folder of the archive; what is there stays
   * @param work what to do with it
   * @param options `bufferBytes`: how much JSON to hold before files are written
   * @returns what was written
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
    // Without the fields that are not of the contract, which zod has dropped.
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

  /** @returns size of the file */
  private async writeFile(place: string, recordType: RecordType, records: readonly string[]): Promise<number> {
    const name = `${randomUUID()}.parquet`;
    const partition = path.join(this.folder, TABLE_FOLDER, place);
    mkdirSync(partition, { recursive: true });
    // Beside the table, where no query looks.
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

  /** Keeps what Firehose could not convert either, in the form of its error records: base64, and the reason. */
  private reject(data: Uint8Array, problem: string): void {
    this.malformed += 1;
    const folder = path.join(this.folder, ERRORS_FOLDER, 'format-conversion-failed');
    mkdirSync(folder, { recursive: true });
    const line = { errorMessage: problem, rawData: Buffer.from(data).toString('base64') };
    appendFileSync(path.join(folder, 'records.jsonl'), `${JSON.stringify(line)}\n`);
  }
}
