import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CONFIG_FILE } from '@ad-analytics/setup/layout.cjs';
import type { Input } from './input';
import { impression } from './sample-events';
import { resolveSources } from './sources';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'verify sources '))));
afterEach(() => rmSync(folder, { recursive: true }));

const signal = new AbortController().signal;
const flags = { shards: 2, arrival: 'after' } as const;
const places = () => ({ configFile: CONFIG_FILE, runRoot: path.join(folder, '.run') });
const file = (name: string, content: string | Buffer) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
async function records(input: Input) {
  const found = [];
  for await (const record of input.records()) found.push(record);
  return found;
}

describe('resolveSources', () => {
  it('reads several files, also zipped, with unknown positions, into the given number of shards', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => JSON.stringify(impression(`i${n}`, n)));
    const first = file('first.jsonl', `${lines.slice(0, 10).join('\n')}\n`);
    const second = file('second.jsonl.gz', gzipSync(lines.slice(10).join('\n')));
    const results = file('results.jsonl', '');
    const sources = resolveSources(
      { ...flags, impressions: [first, second], clicks: [results], results: [results] },
      signal,
      places(),
    );
    expect(sources.inputs.impressions.hasPositions).toBe(false);
    const found = await records(sources.inputs.impressions);
    expect(found.map(({ data }) => Buffer.from(data).toString())).toEqual(lines);
    expect(new Set(found.map(({ shard }) => shard))).toEqual(new Set(['0', '1']));
    expect(new Set(found.map(({ arrivalTime }) => arrivalTime))).toEqual(new Set([undefined]));
    expect(sources.settings).toMatchObject({ attributionWindowMs: 600_000, streams: { click: 'ClicksStreamInput' } });
  });

  it('names a truncated file', async () => {
    const cut = gzipSync('x'.repeat(10_000)).subarray(0, 30);
    const one = file('cut.jsonl.gz', cut);
    const all = { impressions: [one], clicks: [one], results: [one] };
    const { inputs } = resolveSources({ ...flags, ...all }, signal, places());
    await expect(records(inputs.clicks)).rejects.toMatchObject({
      message: expect.stringContaining('cut.jsonl.gz to its end'),
      exitCode: 2,
    });
  });

  it('can use the current time as the arrival time', async () => {
    const one = file('one.jsonl', 'x');
    const all = { impressions: [one], clicks: [one], results: [one] };
    const sources = resolveSources({ ...flags, ...all, arrival: 'now' }, signal, places());
    expect(typeof (await records(sources.inputs.clicks))[0]?.arrivalTime).toBe('number');
  });

  it('uses the settings of the running stack for its streams', () => {
    const groups = readFileSync(CONFIG_FILE, 'utf8').replace('"600"', '"30"');
    const configFile = file('config of the run.json', groups);
    mkdirSync(path.join(folder, '.run'));
    file('.run/current-stack.json', JSON.stringify({ pid: 1, configFile }));
    const sources = resolveSources(flags, signal, places());
    expect(sources.settings.attributionWindowMs).toBe(30_000);
    expect(sources.inputs.impressions.hasPositions).toBe(true);
    expect(sources.description).toContain(configFile);
  });

  it('can check the serving table', () => {
    const groups = readFileSync(CONFIG_FILE, 'utf8');
    const configFile = file('config of the run.json', groups);
    const sources = resolveSources({ ...flags, config: configFile, table: 'a-table' }, signal, places());
    expect(sources.description).toContain('results from the table a-table');
  });

  it.each([
    ['no stack is running', {}, /No local stack is running/],
    ['only one input is a file', { impressions: ['a'] }, /both --impressions and --clicks/],
    ['both a table and files are to be checked', { table: 't', results: ['r'] }, /--table .* or --results/],
    ['a file is not there', { impressions: ['absent'], clicks: ['absent'] }, /File not found: absent/],
    ['a file is a folder', { impressions: [os.tmpdir()], clicks: [os.tmpdir()] }, /is a folder/],
    ['the settings are not there', { config: 'absent.json' }, /File not found: absent.json/],
  ])('reports invalid usage if %s', (_, more, message) => {
    expect(() => resolveSources({ ...flags, ...more }, signal, places())).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), exitCode: 2 }),
    );
  });
});
