import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OUT_FOLDER, PROJECT_ROOT } from './project-files';

const settings = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'cdktf.json'), 'utf8')) as Record<string, string>;

describe('cdktf.json', () => {
  it('writes to the same folder as the commands of Nx, so that both use the same state', () => {
    expect(path.join(PROJECT_ROOT, settings['output'] ?? '')).toBe(OUT_FOLDER);
  });

  it('does not report crashes, and has an id: otherwise the CLI would write a random one into the file', () => {
    expect(settings).toMatchObject({ sendCrashReports: 'false', projectId: 'ad-analytics' });
  });
});
