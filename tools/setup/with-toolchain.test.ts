import path from 'node:path';
import { ROOT, VENV_PYTHON } from './layout.cjs';
import { programFor } from './with-toolchain.cjs';

describe('programFor', () => {
  it("takes the environment's Python, in the folder it is called in", () => {
    expect(programFor(['python', '-m', 'ruff', 'check', 'a b'])).toEqual({
      command: VENV_PYTHON,
      args: ['-m', 'ruff', 'check', 'a b'],
    });
  });

  it('takes the Maven Wrapper, in its folder', () => {
    const cwd = path.join(ROOT, 'flink');
    expect(programFor(['maven', 'test'], 'linux')).toEqual({ command: path.join(cwd, 'mvnw'), args: ['test'], cwd });
    expect(programFor(['maven', 'test'], 'win32')).toEqual({ command: 'mvnw.cmd', args: ['test'], cwd, shell: true });
  });

  it('knows no other', () => {
    expect(programFor(['pip'])).toBeUndefined();
    expect(programFor([])).toBeUndefined();
  });
});
