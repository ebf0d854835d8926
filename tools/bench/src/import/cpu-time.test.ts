import { existsSync } from 'node:fs';
import { cpuTime } from './cpu-time';

describe('cpuTime', () => {
  it('adds user time and system time, for any program name', () => {
    const stat = '42 (a (b) c) R 1 42 42 0 -1 4194304 1000 0 0 0 250 50 7 8 20 0 11 0 100 0 0';
    expect(cpuTime(42, () => stat)).toBe(3);
  });

  it('is undefined without /proc, and for a process that has ended', () => {
    const fail = () => {
      throw new Error('no such file');
    };
    expect(cpuTime(42, fail)).toBeUndefined();
  });

  (existsSync('/proc/self/stat') ? it : it.skip)('grows with the work of this process', () => {
    const used = process.cpuUsage();
    const seconds = (used.user + used.system) / 1e6;
    expect(Math.abs((cpuTime(process.pid) ?? NaN) - seconds)).toBeLessThan(0.5);
  });
});
