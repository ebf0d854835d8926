import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figuresBetween } from './measure-job';
import { operatorOfThread } from './operator-of-thread';
import { recordsTaken } from './progress-files';

describe('figuresBetween', () => {
  it('counts only the time between the two samples', () => {
    const from = { taken: 1_000, at: 10_000, cpu: { total: 5, byThread: { parser: 4, other: 1 } }, checkpoints: 1 };
    const to = {
      taken: 3_000,
      at: 12_000,
      cpu: { total: 5.4, byThread: { parser: 4.1, other: 1, young: 0.2 } },
      checkpoints: 4,
    };
    const figures = figuresBetween(from, to, undefined);
    expect(figures).toMatchObject({
      events: 2_000,
      seconds: 2,
      checkpoints: 3,
      eventsPerSecond: 1_000,
      peakMemory: undefined,
    });
    expect(figures.cpuMicrosPerEvent).toBeCloseTo(200);
    expect(figures.threads.map(({ name }) => name)).toEqual(['young', 'parser']);
    expect(figures.threads[0]!.micros).toBeCloseTo(100);
  });
});

describe('operatorOfThread', () => {
  it.each([
    ['C2 CompilerThre', 'JVM: compiler'],
    ['G1 Refine', 'JVM: garbage collection'],
    ['rocksdb:low', 'RocksDB: background'],
    ['shardConsumers-', 'source: reading and parsing'],
    ['user-windows ->', 'user-windows ->'],
  ])('%s is %s', (thread, operator) => {
    expect(operatorOfThread(thread)).toBe(operator);
  });
});

describe('recordsTaken', () => {
  it('sums the counts of all shards; a file that is not written yet counts 0', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-progress-'));
    const progress = path.join(folder, 'input', 'progress');
    mkdirSync(progress, { recursive: true });
    const count = (value: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(value);
      return bytes;
    };
    writeFileSync(path.join(progress, 'a'), count(5n));
    writeFileSync(path.join(progress, 'b'), count(70_000_000_000n));
    writeFileSync(path.join(progress, 'c'), '');
    expect(recordsTaken(folder)).toBe(70_000_000_005);
    rmSync(folder, { recursive: true });
  });
});
