import type { TrafficStream } from '@ad-analytics/traffic-model';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EXIT_USAGE, GeneratorError } from '../errors';
import { type OutgoingRecord, STREAMS } from '../target/traffic-target';
import type { RecordedFiles } from './recorded-traffic';

const streamSchema = z.object({
  /** Size of the recording, by which another one is recognized. */
  bytes: z.int().min(0),
  /** All records before this one are settled. */
  done: z.int().min(0),
  /** Settled records behind it: a request of a stream is retried while later ones go on. */
  also: z.array(z.int().min(0)),
});
const schema = z.object({ impressions: streamSchema, clicks: streamSchema });

interface Settled {
  readonly bytes: number;
  done: number;
  readonly also: Set<number>;
}

/**
 * How far a replay has come, in a file that outlives its process: the records of each stream that are settled, that is delivered, or kept as
 * dead letters. What a killed replay has sent without an answer is not settled, and comes again: at most the requests under way.
 */
export class ReplayProgress {
  private saving: NodeJS.Immediate | undefined;

  private constructor(
    readonly file: string,
    private readonly streams: Readonly<Record<TrafficStream, Settled>>,
  ) {}

  /**
   * @param file to go on from, if it exists
   * @param files the recording
   * @throws GeneratorError (exit code 2) when the file is of another recording, or cannot be read
   */
  static open(file: string, files: RecordedFiles): ReplayProgress {
    // A recording that is missing is reported where it is read.
    const bytesOf = (recording: string) => statSync(recording, { throwIfNoEntry: false })?.size ?? 0;
    const start = (stream: TrafficStream): Settled => ({ bytes: bytesOf(files[stream]), done: 0, also: new Set() });
    const streams = { impressions: start('impressions'), clicks: start('clicks') };
    if (existsSync(file)) {
      const saved = read(file);
      for (const stream of STREAMS) {
        const { bytes } = streams[stream];
        if (saved[stream].bytes !== bytes)
          throw new GeneratorError(
            `${file} is of another recording: its ${stream} had ${saved[stream].bytes} bytes, ${files[stream]} has ${bytes}. Delete it to start from the beginning.`,
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

  /** @returns whether a record of an earlier replay must not be sent again @param index its place in its stream */
  readonly isDone = (stream: TrafficStream, index: number): boolean =>
    index < this.streams[stream].done || this.streams[stream].also.has(index);

  /** Notes a record; the file is written soon after, once for all that settle together. */
  readonly onSettled = ({ stream, index }: OutgoingRecord): void => {
    if (index === undefined) return;
    const of = this.streams[stream];
    of.also.add(index);
    while (of.also.delete(of.done)) of.done += 1;
    this.saving ??= setImmediate(() => this.trySave());
  };

  /** The replay goes on without it: the last save reports the error, and after a kill more records come again. */
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

  /** All of it or nothing, whenever the process is killed. */
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
    throw new GeneratorError(`${file} does not say how far a replay has come: ${reason}`, EXIT_USAGE);
  }
}
