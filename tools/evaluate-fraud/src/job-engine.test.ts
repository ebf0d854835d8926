import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findingsBySeed } from './job-engine';

const HOUR = 3_600_000;
const traffic = [
  { seed: 8, startTime: 0, endTime: HOUR },
  { seed: 5, startTime: HOUR, endTime: 2 * HOUR },
];
const iso = (ms: number) => new Date(ms).toISOString();

function fraudAlert(actor: string, start: number) {
  return {
    record_type: 'fraud_alert',
    record_id: `fraud_alert:known_bot:ip:${iso(start)}:${actor}`,
    schema_version: 1,
    event_time: iso(start + 60_000),
    fraud_alert: {
      rule: 'known_bot',
      actor_type: 'ip',
      actor_id: actor,
      window_start: iso(start),
      window_end: iso(start + 60_000),
      observed: 1,
      threshold: 0,
      severity: 'low',
    },
  };
}

describe('findingsBySeed', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'findings '))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (...records: object[]) => {
    const file = path.join(folder, 'results.jsonl');
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return file;
  };

  it('assigns findings to seeds by their time, each once', async () => {
    const [first, second] = [fraudAlert('10.0.0.1', 0), fraudAlert('10.0.0.1', HOUR)];
    const findings = await findingsBySeed(write(first, second, second, { record_type: 'user_engagement' }), traffic);
    expect(findings.get(8)?.alerts).toEqual([
      { rule: 'known_bot', actorType: 'ip', actorId: '10.0.0.1', windowStart: 0, windowEnd: 60_000 },
    ]);
    expect(findings.get(5)?.alerts.map(({ windowStart }) => windowStart)).toEqual([HOUR]);
  });

  it('rejects a finding outside all seeds, and a line that is not a result', async () => {
    await expect(findingsBySeed(write(fraudAlert('10.0.0.1', 3 * HOUR)), traffic)).rejects.toThrow(
      /the time of any seed/,
    );
    await expect(findingsBySeed(write({ record_type: 'fraud_alert' }), traffic)).rejects.toThrow(/not a result/);
  });
});
