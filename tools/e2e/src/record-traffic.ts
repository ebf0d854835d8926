import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { type Emission, type TrafficSettings, generateTraffic } from '@ad-analytics/traffic-model';
import type { RecordedFiles } from '@ad-analytics/pipeline/put-recorded';
import { edgeTraffic } from './edge-traffic';

/** In the past of every machine: a record from the future is rejected. */
const START = Date.parse('2024-06-03T10:00:00.000Z');
const EDGES_AFTER_MS = 180_000;

/** A minute in which everything goes wrong more often than in life. */
export const E2E_TRAFFIC: TrafficSettings = {
  seed: 20261123,
  startTime: START,
  rate: 120,
  durationSeconds: 60,
  clickThroughRate: 0.1,
  // As many campaigns as find place in the report of a difference.
  campaigns: 8,
  shares: { late: 0.02, outOfOrder: 0.1, duplicate: 0.03, malformed: 0.03, orphanClick: 0.1 },
  scenarios: { naive_bot: 1, click_farm: 1, double_clicker: 1, office_nat: 1 },
};

/**
 * Records a run: generated traffic with every anomaly, then the edges of the attribution window.
 * @param folder to write the two JSONL files to
 * @param attributionSeconds as the job is set
 * @returns the files, and every record with its label
 */
export async function recordTraffic(
  folder: string,
  attributionSeconds: number,
): Promise<{ files: RecordedFiles; emissions: Emission[] }> {
  const emissions = [
    ...generateTraffic(E2E_TRAFFIC),
    ...edgeTraffic(START, START + EDGES_AFTER_MS, attributionSeconds),
  ];
  const files = {
    impression: path.join(folder, 'impressions.jsonl'),
    click: path.join(folder, 'clicks.jsonl'),
  };
  const outputs = { impressions: createWriteStream(files.impression), clicks: createWriteStream(files.click) };
  for (const { stream, data } of emissions) {
    const output = outputs[stream];
    output.write(data);
    if (!output.write('\n')) await once(output, 'drain');
  }
  for (const output of Object.values(outputs)) {
    output.end();
    await finished(output);
  }
  return { files, emissions };
}
