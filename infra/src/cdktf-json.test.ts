import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OUT_FOLDER, PROJECT_ROOT } from './project-files';

const settings = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'cdktf.json'), 'utf8')) as Record<string, string>;

describe('cdktf.json', () => {
  it('writes where the commands of Nx write, so that both work on the same folder and state', () => {
    expect(path.join(PROJECT_ROOT, settings['output'] ?? '')).toBe(OUT_FOLDER);
  });

  it('reports no crashes, and has an id: the CLI would write a random one into the file', () => {
    expect(settings).toMatchObject({ sendCrashReports: 'false', projectId: 'ad-analytics' });
  });
});
