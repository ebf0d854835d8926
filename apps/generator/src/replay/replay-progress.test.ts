import fc from 'fast-check';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { STREAMS } from '../target/traffic-target';
import { ReplayProgress } from './replay-progress';

let folder: string;
let files: { impressions: string; clicks: string };
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'replay progress '));
  files = { impressions: path.join(folder, 'i.jsonl'), clicks: path.join(folder, 'c.jsonl') };
  for (const stream of STREAMS) writeFileSync(files[stream], `${stream}\n`);
  file = path.join(folder, 'sub', 'progress.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const settled = (stream: 'impressions' | 'clicks', index: number) => ({
  ...{ stream, index, partitionKey: 'k', data: '', arrivalMs: 0 },
});
const open = () => ReplayProgress.open(file, files);

it('knows exactly the settled records after a restart, in whatever order they were settled', () => {
  const records = fc.uniqueArray(fc.record({ stream: fc.constantFrom(...STREAMS), index: fc.nat(30) }), {
    selector: ({ stream, index }) => `${stream} ${index}`,
  });
  fc.assert(
    fc.property(records, records, (before, after) => {
      rmSync(file, { force: true });
      for (const part of [before, after]) {
        const progress = open();
        for (const { stream, index } of part)
          if (!progress.isDone(stream, index)) progress.onSettled(settled(stream, index));
        progress.save();
      }
      const progress = open();
      const all = new Set([...before, ...after].map(({ stream, index }) => `${stream} ${index}`));
      expect(progress.settled).toBe(all.size);
      for (const stream of STREAMS)
        for (let index = 0; index <= 31; index += 1)
          expect(progress.isDone(stream, index)).toBe(all.has(`${stream} ${index}`));
    }),
    { numRuns: 50 },
  );
});

it('is written soon after records are settled, without a call of save', async () => {
  const progress = open();
  progress.onSettled(settled('clicks', 0));
  expect(existsSync(file)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(open().isDone('clicks', 0)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain('"done":1');
});

it('refuses the progress of another recording, and names the file', () => {
  open().save();
  writeFileSync(files.clicks, 'another recording\n');
  expect(open).toThrow(
    /progress\.json belongs to another recording: the file of its clicks had 7 bytes, but .*c\.jsonl has 18\./,
  );
});

it.each(['not JSON', '{}', '{"impressions":{"bytes":12,"done":-1,"also":[]}}'])(
  'rejects a file of another kind: %s',
  (text) => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, text);
    expect(open).toThrow(/progress\.json is not a valid progress file of a replay: /);
  },
);

it('reports a write error at the end', () => {
  writeFileSync(path.join(folder, 'sub'), 'a file where a folder is needed');
  const progress = open();
  expect(() => progress.save()).toThrow(/progress\.json cannot be written: /);
});
