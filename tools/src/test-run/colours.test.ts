import { execFileSync } from 'node:child_process';

const print = ['-e', 'console.log(5)'];

describe('a program that a test starts', () => {
  it('prints numbers without colours, whatever the runner of the test is told', () => {
    expect(execFileSync(process.execPath, print, { encoding: 'utf8' })).toBe('5\n');
    expect(execFileSync(process.execPath, print, { encoding: 'utf8', env: { ...process.env } })).toBe('5\n');
  });

  it('prints them coloured where it is told to itself', () => {
    const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: '1' };
    expect(execFileSync(process.execPath, print, { encoding: 'utf8', env })).toContain('\u001b[33m5');
  });
});
