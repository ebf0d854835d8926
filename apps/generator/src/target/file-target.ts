import type { TrafficStream } from '@ad-analytics/traffic-model';
import path from 'node:path';
import { LineFile } from './line-file';
import type { OutgoingRecord, TargetCounts, TrafficTarget } from './traffic-target';

/** Writes the records of each stream to a JSONL file of its name, in order of arrival. */
export class FileTarget implements TrafficTarget {
  readonly broken = new AbortController().signal;
  private readonly sent: Record<TrafficStream, number> = { impressions: 0, clicks: 0 };

  private constructor(
    readonly description: string,
    private readonly files: Readonly<Record<TrafficStream, LineFile>>,
  ) {}

  /**
   * @param folder is created if it is missing
   * @throws GeneratorError (exit code 2) when a file already exists
   */
  static async create(folder: string): Promise<FileTarget> {
    const impressions = await LineFile.create(path.join(folder, 'impressions.jsonl'));
    const clicks = await LineFile.create(path.join(folder, 'clicks.jsonl'));
    return new FileTarget(`${impressions.file} and ${clicks.file}`, { impressions, clicks });
  }

  async put({ stream, data }: OutgoingRecord): Promise<void> {
    await this.files[stream].write(data);
    this.sent[stream] += 1;
  }

  async close(): Promise<void> {
    await this.files.impressions.close();
    await this.files.clicks.close();
  }

  /** Nothing to cancel: writing to a file does not wait. */
  abort(): void {}

  counts(): TargetCounts {
    return { sent: { ...this.sent }, failed: 0, waiting: 0, retried: 0 };
  }
}
