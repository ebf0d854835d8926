import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GroundTruth, generateTraffic } from '@ad-analytics/traffic-model';
import type { Ledger } from '@ad-analytics/result-records/ledger';
import { differencesFromTruth, readTruth } from './truth';

const settings = {
  attribution: { windowSeconds: 600 },
  eventTime: { maxOutOfOrdernessSeconds: 5, idleTimeoutSeconds: 10, maxFutureSeconds: 60 },
};

describe('readTruth', () => {
  it('computes the same expected counts from a labels file as the traffic model', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'truth '));
    const emissions = [...generateTraffic({ seed: 1, startTime: 0, rate: 100, durationSeconds: 30 })];
    const file = path.join(folder, 'labels.jsonl');
    writeFileSync(file, emissions.map(({ label }) => `${JSON.stringify(label)}\n`).join(''));
    const truth = new GroundTruth();
    for (const emission of emissions) truth.add(emission);
    expect(await readTruth(file, settings)).toEqual(truth.totals());
    rmSync(folder, { recursive: true });
  });
});

describe('differencesFromTruth', () => {
  const line = { read: 10, rejected: 1, late: 2, duplicates: 3, accepted: 4 };
  const ledger: Ledger = { impression: line, click: line, attributed: 3, unattributed: 1, problems: [] };
  const totals = { records: 10, rejected: 1, late: 2, duplicates: 3, accepted: 4 };
  const byAnomaly = { none: 0, late: 0, out_of_order: 0, duplicate: 0, malformed: 0, orphan: 0 };
  const truth = { impressions: totals, clicks: totals, attributed: 3, unattributed: 1, byAnomaly };

  it('is empty if all figures agree', () => expect(differencesFromTruth(ledger, truth)).toEqual([]));

  it('names every differing figure', () => {
    const lost = { ...ledger, click: { ...line, late: 1 }, attributed: 2 };
    expect(differencesFromTruth(lost, truth)).toEqual([
      'clicks late: 1 came out, 2 were put in',
      'clicks attributed: 2 came out, 3 were put in',
    ]);
  });
});
