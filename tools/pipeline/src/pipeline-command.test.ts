import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  });

  it('are accepted if they can be read and written', () => {
    expect(() => checkFiles(FILES)).not.toThrow();
    expect(() => checkFiles({ ...FILES, report: file('report.html') })).not.toThrow();
  });

  it.each([
    ['an input that does not exist', { clicks: file('none.jsonl') }, 'none.jsonl'],
    ['an input that is a folder', { clicks: file('folder') }, 'is a folder'],
    ['results over an input', { results: FILES.impressions }, 'both an input and --results'],
    ['results in a folder that does not exist', { results: file('none/results.jsonl') }, 'The folder of --results'],
    ['a report over an input', { report: FILES.impressions }, 'another file of this command'],
    ['a report over the results', { report: FILES.results }, 'another file of this command'],
    ['a report that is a folder', { report: file('folder') }, 'is a folder'],
    ['a report in a folder that does not exist', { report: file('none/report.html') }, 'The folder of --report'],
  ])('are rejected before the start: %s', (_, change, message) => {
    expect(() => checkFiles({ ...FILES, ...change })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
    );
  });
});
