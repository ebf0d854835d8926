import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonState } from './python-environment.cjs';

let venv: string;
let python: string;
let requirements: string;

beforeEach(() => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'python state '));
  venv = path.join(folder, '.venv');
  python = path.join(venv, 'bin', 'python');
  requirements = path.join(folder, 'requirements.txt');
  mkdirSync(path.dirname(python), { recursive: true });
  writeFileSync(python, '#!/bin/sh\nexit 0\n');
  chmodSync(python, 0o755);
  writeFileSync(requirements, 'a==1\n');
});
afterEach(() => rmSync(path.dirname(venv), { recursive: true }));

const state = (version = '3.11.7') => pythonState(venv, python, [requirements], version);

describe('pythonState', () => {
  it('makes again what was never finished', () => expect(state()).toMatchObject({ upToDate: false, usable: false }));

  it('leaves a finished environment alone', () => {
    state().stamp();
    expect(state()).toMatchObject({ upToDate: true, usable: true });
  });

  it('installs into it when the requirements change', () => {
    state().stamp();
    writeFileSync(requirements, 'a==2\n');
    expect(state()).toMatchObject({ upToDate: false, usable: true });
  });

  it('makes it again for another Python', () => {
    state('3.10.1').stamp();
    expect(state('3.11.7')).toMatchObject({ upToDate: false, usable: false });
  });

  it('makes it again when its Python no longer starts', () => {
    state().stamp();
    writeFileSync(python, '#!/bin/sh\nexit 1\n');
    expect(state()).toMatchObject({ upToDate: false, usable: false });
  });
});
