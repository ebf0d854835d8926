import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { uvArguments, uvRequirement } from './download-python.cjs';
import { PYTHON_VERSION } from './downloads.cjs';
import { VENV_PYTHON } from './layout.cjs';
import { checkPython } from './toolchain.cjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'download python '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('uvRequirement', () => {
  it('is the one that the project pins, with its hashes', () => {
    expect(uvRequirement()).toMatch(/^uv==[\d.]+ \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n)+( {4}# via .*\n)?$/);
  });

  it('fails if none is pinned', () => {
    const file = path.join(folder, 'requirements.txt');
    writeFileSync(file, 'a==1 \\\n    --hash=sha256:aa\n');
    expect(() => uvRequirement([file])).toThrow(`None of ${file} pins uv.`);
  });
});

describe('the Python that is downloaded', () => {
  it('is a version that the project supports', () => {
    expect(checkPython(`Python ${PYTHON_VERSION}`)).toMatchObject({ good: true });
  });

  it('is a version that the pinned uv can download, with its hash', () => {
    const list = ['-m', 'uv', 'python', 'list', '--only-downloads', '--no-config', PYTHON_VERSION];
    const result = spawnSync(VENV_PYTHON, list, { encoding: 'utf8' });
    expect(result.stdout).toContain(`cpython-${PYTHON_VERSION}-`);
  });

  it('comes from the mirror that UV_PYTHON_INSTALL_MIRROR names', () => {
    // Nothing listens at this address. The error contains it, which proves that the mirror was used.
    const env = { ...process.env, UV_PYTHON_INSTALL_MIRROR: 'http://127.0.0.1:9/python', UV_HTTP_RETRIES: '0' };
    const result = spawnSync(VENV_PYTHON, uvArguments(folder), { encoding: 'utf8', env });
    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain(`http://127.0.0.1:9/python/`);
    expect(result.stderr).toContain(`cpython-${PYTHON_VERSION}`);
  });
});
