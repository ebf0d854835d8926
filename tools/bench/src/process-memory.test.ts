import { peakMemory, residentMemory } from './process-memory';

const STATUS = 'Name: java\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n';

describe('peakMemory and residentMemory', () => {
  it('are in bytes', () => {
    const read = (file: string) => (file === '/proc/12/status' ? STATUS : '');
    expect(peakMemory(12, read)).toBe(2_097_152);
    expect(residentMemory(12, read)).toBe(1_048_576);
  });

  it('are undefined if the system does not provide them', () => {
    const missing = () => {
      throw new Error('ENOENT');
    };
    expect(peakMemory(12, missing)).toBeUndefined();
    expect(peakMemory(12, () => 'Name: java\n')).toBeUndefined();
  });
});
