import { kindOfThread, parseStat, sampleCpu } from './cpu-sample';

describe('parseStat', () => {
  it('reads a name with blanks and parentheses', () => {
    const line = '42 (user-windows (1) S 7 1 1 0 -1 0 0 0 0 0 250 50 0 0 20 0 1 0 0 0 0';
    expect(parseStat(line)).toEqual({ name: 'user-windows (1', parent: 7, seconds: 3 });
  });
});

describe('kindOfThread', () => {
  it.each([
    ['user-windows (1', 'user-windows'],
    ['attribution (2/', 'attribution'],
    ['GC Thread#1', 'GC Thread'],
    ['flink-akka-12', 'flink-akka'],
    ['rocksdb:low', 'rocksdb:low'],
  ])('%s is of the kind %s', (name, kind) => {
    expect(kindOfThread(name)).toBe(kind);
  });
});

describe('sampleCpu', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('counts at least what its threads have used', () => {
    const { byThread, total } = sampleCpu(process.pid);
    expect(total).toBeGreaterThan(0);
    expect(Object.keys(byThread).length).toBeGreaterThan(0);
  });
});
