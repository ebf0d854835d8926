import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { givenResults } from '@ad-analytics/archive/given-results';
import { ArchiveStore } from './archive-store';
import { ErasureReport } from './erasure-report';
import type { ObjectStore } from './object-store';
import { ProgressFile } from './progress-file';
import { PHASES, type Subject } from './subject';
import { Erasure } from './user-store';

const KEY = 'errors/format-conversion-failed/part-1';
const ADDRESS = '203.0.113.7';

const clicks = (...ids: string[]) => ({ impression: new Set<string>(), click: new Set(ids) });

let folder: string;
let notes: string;
let lines: string[];
let downloads: number;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'archive-store-'));
  notes = path.join(folder, 'notes.jsonl');
  downloads = 0;
  lines = [
    givenResults({ late_event: { source: 'click', event_id: 'event-1' }, sequence: '1' }),
    givenResults({ late_event: { source: 'click', event_id: 'event-2' }, sequence: '2' }),
    givenResults({ fraud_alert: { rule: 'id_fan_out', actor_type: 'ip', actor_id: ADDRESS } }),
    givenResults({ fraud_alert: { rule: 'abnormal_ctr', actor_type: 'user', actor_id: 'user-2' } }),
  ].map(([record]) => JSON.stringify(record));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** One object with lines. Its etag stays the same, as that of an object in which a search found nothing. */
const objects = {
  oldVersions: 0,
  async *objects(prefix: string) {
    if (KEY.startsWith(prefix)) yield { key: KEY, etag: 'e' };
  },
  download: (_object: unknown, file: string) => {
    downloads += 1;
    writeFileSync(file, `${lines.join('\n')}\n`);
    return Promise.resolve();
  },
  replace: (_object: unknown, rest: string | undefined) => {
    lines = rest === undefined ? [] : readFileSync(rest, 'utf8').trimEnd().split('\n');
    return Promise.resolve();
  },
  folders: () => Promise.resolve([]),
} as unknown as ObjectStore;

/** @returns how many records were removed */
async function erase(subject: Partial<Subject>): Promise<number> {
  const report = new ErasureReport();
  const erasure = new Erasure({
    subject: { userIds: ['user-1'], eventIds: clicks(), addresses: new Set(), ...subject },
    ...{ remove: true, report, progress: new ProgressFile(notes), signal: new AbortController().signal, say: () => {} },
  });
  for (const types of PHASES) await new ArchiveStore(objects).erase(types, erasure);
  expect(report.problems).toEqual([]);
  return report.counts().reduce((sum, { removed }) => sum + removed, 0);
}

describe('the notes of an earlier search', () => {
  it('let the same search skip the object', async () => {
    expect(await erase({})).toBe(0);
    expect(downloads).toBe(PHASES.length);
    expect(await erase({})).toBe(0);
    expect(downloads).toBe(PHASES.length);
  });

  it('do not let a search for another event skip the object', async () => {
    expect(await erase({ eventIds: clicks('event-0') })).toBe(0);
    expect(await erase({ eventIds: clicks('event-1') })).toBe(1);
  });

  it('do not let a search for an impression with the id of a click skip the object', async () => {
    lines.push(JSON.stringify(givenResults({ late_event: { source: 'impression', event_id: 'event-0' } })[0]));
    expect(await erase({ eventIds: clicks('event-0') })).toBe(0);
    expect(await erase({ eventIds: { impression: new Set(['event-0']), click: new Set() } })).toBe(1);
  });

  it('do not let a search for an address skip the object', async () => {
    expect(await erase({})).toBe(0);
    expect(await erase({ addresses: new Set([ADDRESS]) })).toBe(1);
  });

  it('do not let a search for another user skip the object', async () => {
    expect(await erase({})).toBe(0);
    expect(await erase({ userIds: ['user-2'] })).toBe(1);
  });

  it('do not contain what was searched for', async () => {
    await erase({ eventIds: clicks('event-0'), addresses: new Set([ADDRESS]) });
    expect(readFileSync(notes, 'utf8')).not.toMatch(/user-1|event-0|203\.0\.113\.7/);
  });
});
