import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkFiles } from './pipeline-command';

const folder = mkdtempSync(path.join(os.tmpdir(), 'a pipeline '));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => path.join(folder, name);

const FILES = { impressions: file('impressions.jsonl'), clicks: '-', results: file('results.jsonl') };

describe('the files of a pipeline', () => {
  beforeAll(() => {
    writeFileSync(FILES.impressions, '');
    mkdirSync(file('folder'));
    symlinkSync(FILES.impressions, file('link.jsonl'));
    symlinkSync(folder, file('folder link'));
  });

  it('are accepted if they can be read and written', () => {
    expect(() => checkFiles(FILES)).not.toThrow();
    expect(() => checkFiles({ ...FILES, report: file('report.html') })).not.toThrow();
  });

  it.each([
    ['an input that does not exist', { clicks: file('none.jsonl') }, 'none.jsonl'],
    ['an input that is a folder', { clicks: file('folder') }, 'is a folder'],
    ['results over an input', { results: FILES.impressions }, 'both an input and --results'],
    ['results over an input, by a link', { results: file('link.jsonl') }, 'both an input and --results'],
    ['results over an input that is a link', { impressions: file('link.jsonl'), results: FILES.impressions }, 'both'],
    ['results over an input, by its folder', { results: file('folder link/impressions.jsonl') }, 'both an input'],
    ['results that are a folder', { results: file('folder') }, 'folder is a folder; name a file for --results'],
    ['results in a folder that does not exist', { results: file('none/results.jsonl') }, 'The folder of --results'],
    ['a report over an input', { report: FILES.impressions }, 'another file of this command'],
    ['a report over an input, by a link', { report: file('link.jsonl') }, 'another file of this command'],
    ['a report over the results', { report: FILES.results }, 'another file of this command'],
    ['a report that is a folder', { report: file('folder') }, 'is a folder'],
    ['a report in a folder that does not exist', { report: file('none/report.html') }, 'The folder of --report'],
  ])('are rejected before the start: %s', (_, change, message) => {
    expect(() => checkFiles({ ...FILES, ...change })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
    );
  });

  const unlessRoot = process.getuid?.() === 0 ? it.skip : it;
  unlessRoot(
    'are rejected before the start: results that cannot be written (skipped for root, who may write it)',
    () => {
      const results = file('read only.jsonl');
      writeFileSync(results, '');
      chmodSync(results, 0o400);
      expect(() => checkFiles({ ...FILES, results })).toThrow(
        expect.objectContaining({ exitCode: 2, message: `${results}, the file of --results, is not writable.` }),
      );
    },
  );
});
