import type { TrafficStream } from '@ad-analytics/traffic-model';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EXIT_USAGE, GeneratorError } from '../errors';
import { type OutgoingRecord, STREAMS } from '../target/traffic-target';
import type { RecordedFiles } from './recorded-traffic';

const streamSchema = z.object({
  /** Size of the recording, to detect another one. */
  bytes: z.int().min(0),
  /** All records before this one are settled. */
  done: z.int().min(0),
  /** Settled records after it: the requests of a stream continue while an earlier one is retried. */
  also: z.array(z.int().min(0)),
});
const schema = z.object({ impressions: streamSchema, clicks: streamSchema });

interface Settled {
  readonly bytes: number;
  done: number;
  readonly also: Set<number>;
}

/**
 * The progress of a replay, in a file that outlives the process: the settled records of each stream, which are
 * delivered or dead letters. Records that a killed replay has sent without a response are not settled, and are sent
 * again: at most the requests in flight.
 */
export class ReplayProgress {
  private saving: NodeJS.Immediate | undefined;

  private constructor(
    readonly file: string,
    private readonly streams: Readonly<Record<TrafficStream, Settled>>,
  ) {}

  /**
   * @param file to continue from, if it exists
   * @param files the recording
   * @throws GeneratorError (exit code 2) when the file is of another recording, or cannot be read
   */
  static open(file: string, files: RecordedFiles): ReplayProgress {
    // A missing recording is reported when it is read.
    const bytesOf = (recording: string) => statSync(recording, { throwIfNoEntry: false })?.size ?? 0;
    const start = (stream: TrafficStream): Settled => ({ bytes: bytesOf(files[stream]), done: 0, also: new Set() });
    const streams = { impressions: start('impressions'), clicks: start('clicks') };
    if (existsSync(file)) {
      const saved = read(file);
      for (const stream of STREAMS) {
        const { bytes } = streams[stream];
        if (saved[stream].bytes !== bytes)
          throw new GeneratorError(
            `${file} belongs to another recording: the file of its ${stream} had ${saved[stream].bytes} bytes, but ${files[stream]} has ${bytes}. Delete ${file} to start from the beginning.`,
            EXIT_USAGE,
          );
        streams[stream].done = saved[stream].done;
        for (const index of saved[stream].also) streams[stream].also.add(index);
      }
    }
    return new ReplayProgress(file, streams);
  }

  /** Records that are settled, of both streams. */
  get settled(): number {
    return STREAMS.reduce((sum, stream) => sum + this.streams[stream].done + this.streams[stream].also.size, 0);
  }

  /**
   * @returns whether the record was settled by an earlier replay and must not be sent again
   * @param index of the record in its stream
   */
  readonly isDone = (stream: TrafficStream, index: number): boolean =>
    index < this.streams[stream].done || this.streams[stream].also.has(index);

  /** Marks a record as settled. The file is written soon after, once for all records that are settled together. */
  readonly onSettled = ({ stream, index }: OutgoingRecord): void => {
    if (index === undefined) return;
    const of = this.streams[stream];
    of.also.add(index);
    while (of.also.delete(of.done)) of.done += 1;
    this.saving ??= setImmediate(() => this.trySave());
  };

  /** The replay continues: the last save reports the error. After a kill, more records are sent again. */
  private trySave(): void {
    try {
      this.write();
    } catch {
      // Reported by `save`.
    }
  }

  /** Writes the file. @throws GeneratorError when it cannot be written */
  save(): void {
    try {
      this.write();
    } catch (error) {
      throw new GeneratorError(`${this.file} cannot be written: ${(error as Error).message}`);
    }
  }

  /** Atomic, even if the process is killed. */
  private write(): void {
    clearImmediate(this.saving);
    this.saving = undefined;
    const { impressions, clicks } = this.streams;
    const plain = (of: Settled) => ({ ...of, also: [...of.also] });
    mkdirSync(path.dirname(this.file), { recursive: true });
    const next = `${this.file}.next`;
    writeFileSync(next, `${JSON.stringify({ impressions: plain(impressions), clicks: plain(clicks) })}\n`);
    renameSync(next, this.file);
  }
}

function read(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new GeneratorError(`${file} is not a valid progress file of a replay: ${reason}`, EXIT_USAGE);
  }
}
