import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import { ERRORS_FOLDER, PARTITION_COLUMNS, TABLE_FOLDER } from '@ad-analytics/archive-table';
import { describeFailure } from './failures';
import { searchLines } from './lines-file';
import type { ArchivedObject, ObjectStore } from './object-store';
import { ParquetFiles } from './parquet-file';
import { PHASES, type StoredResult, subjectHash } from './subject';
import type { Erasure, UserStore } from './user-store';

const [{ name: TYPE_COLUMN }] = PARTITION_COLUMNS;
const folderOf = (type: string) => `${TABLE_FOLDER}${TYPE_COLUMN}=${type}/`;
const NOT_A_RESULT = 'not a result';
/** How many objects are searched between two lines of progress. */
const OBJECTS_A_LINE = 100;
/** With so many failures, something is wrong with all objects. */
const MAX_FAILED_OBJECTS = 20;

/** Records of the user in an object, and how to write the object without them. */
interface Searched {
  /** Undefined if the line is not a result. */
  readonly found: readonly (StoredResult | undefined)[];
  /** @returns the file without them; undefined if the object contains nothing else */
  readonly withoutThem: () => Promise<string | undefined>;
}

/**
 * The archive in S3. An object with records of the user is first written without them under another name, and then deleted. In between,
 * other users' records exist twice; the views of the archive remove such duplicates.
 */
export class ArchiveStore implements UserStore {
  readonly name = 'archive';
  private searchedObjects = 0;
  private failedObjects = 0;

  constructor(private readonly objects: ObjectStore) {}

  async erase(types: readonly RecordType[], erasure: Erasure): Promise<void> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'erase-user-'));
    try {
      await ParquetFiles.use(async (parquet) => {
        for (const type of types) await this.eraseBelow(folderOf(type), [type], erasure, parquet, folder);
      });
      await this.eraseBelow(ERRORS_FOLDER, types, erasure, undefined, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (types === PHASES.at(-1)) await this.reportUnsearched(erasure);
  }

  private async eraseBelow(
    prefix: string,
    types: readonly RecordType[],
    erasure: Erasure,
    parquet: ParquetFiles | undefined,
    folder: string,
  ): Promise<void> {
    for await (const object of this.objects.objects(prefix)) {
      erasure.signal.throwIfAborted();
      // When anything else is searched for, the object must be searched again: further ids of events, an address, another user.
      const name = JSON.stringify([object.key, object.etag, types, subjectHash(erasure.subject)]);
      if (erasure.progress.isSearched(name)) continue;
      try {
        await this.eraseObject(object, types, erasure, parquet, folder);
        if (erasure.remove) erasure.progress.noteSearched(name);
      } catch (error) {
        erasure.report.problem(this.name, `${object.key}: ${describeFailure(error)}`);
        this.failedObjects += 1;
        if (this.failedObjects >= MAX_FAILED_OBJECTS) throw new Error('gave up after these failures', { cause: error });
      }
      this.searchedObjects += 1;
      if (this.searchedObjects % OBJECTS_A_LINE === 0) erasure.say(`${this.searchedObjects} objects searched`);
    }
  }

  private async eraseObject(
    object: ArchivedObject,
    types: readonly RecordType[],
    erasure: Erasure,
    parquet: ParquetFiles | undefined,
    folder: string,
  ): Promise<void> {
    const file = path.join(folder, 'object');
    await this.objects.download(object, file, erasure.report);
    const [type] = types;
    const { found, withoutThem } =
      parquet !== undefined && type !== undefined && object.key.endsWith('.parquet')
        ? await searchParquet(parquet, file, type, erasure)
        : searchFileOfLines(file, types, erasure);
    if (found.length === 0) return;
    for (const record of found) {
      if (record === undefined) erasure.report.add(this.name, NOT_A_RESULT, { found: 1 });
      else erasure.found(this.name, record);
    }
    if (!erasure.remove) return;
    await this.objects.replace(object, await withoutThem());
    for (const record of found) erasure.report.add(this.name, record?.record_type ?? NOT_A_RESULT, { removed: 1 });
  }

  /** Reports what was not searched, so that the user does not assume it was erased. */
  private async reportUnsearched({ report, say }: Erasure): Promise<void> {
    const known = RECORD_TYPES.map(folderOf);
    for (const folder of await this.objects.folders(TABLE_FOLDER)) {
      if (!known.includes(folder)) report.problem(this.name, `${folder} was not searched: unknown record type`);
    }
    if (this.objects.oldVersions > 0) {
      say(
        `The bucket keeps old versions of objects, which were not searched (${this.objects.oldVersions} found): see the runbook.`,
      );
    }
  }
}

async function searchParquet(
  parquet: ParquetFiles,
  file: string,
  type: RecordType,
  { subject }: Erasure,
): Promise<Searched> {
  const found = await parquet.search(file, type, subject);
  const target = `${file}.rest`;
  const withoutThem = async () => ((await parquet.writeWithout(file, target)) === 0 ? undefined : target);
  return { found, withoutThem };
}

function searchFileOfLines(file: string, types: readonly RecordType[], { subject }: Erasure): Searched {
  const { found, rest } = searchLines(readFileSync(file), types, subject);
  const target = `${file}.rest`;
  const withoutThem = async () => {
    if (rest === undefined) return undefined;
    writeFileSync(target, rest);
    return target;
  };
  return { found, withoutThem };
}
