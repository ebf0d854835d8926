import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {
  type FlinkConfigurationInput,
  flinkSettings,
  renderYaml,
  writeFlinkConfiguration,
} from './flink-configuration';
import { jobManagerJvmOptions, taskManagerJvmOptions } from './flink-memory';
import { zooKeeperSettings } from './zookeeper';
import { SESSION_TIMEOUT_MS } from './zookeeper-session';

const input: FlinkConfigurationInput = {
  runFolder: '/home/a user/project/.run/1',
  restPort: 1001,
  rpcPort: 1002,
  parallelism: 3,
  checkpointIntervalSeconds: 10,
  memory: { managed: 512, taskHeap: 640 },
  restart: 'none',
};

describe('flinkSettings', () => {
  const settings = flinkSettings(input);

  it('keeps everything on the loopback interface', () => {
    const hosts = Object.entries(settings).filter(([key]) => /(host|address)$/.test(key));
    expect(hosts.length).toBeGreaterThanOrEqual(5);
    for (const [, value] of hosts) expect(value).toBe('127.0.0.1');
  });

  it('has a slot for every parallel subtask', () => {
    expect(settings['taskmanager.numberOfTaskSlots']).toBe('3');
    expect(settings['parallelism.default']).toBe('3');
  });

  it('keeps state in RocksDB, and checkpoints in the run folder, whose path may have spaces', () => {
    expect(settings['state.backend.type']).toBe('rocksdb');
    expect(settings['execution.checkpointing.dir']).toBe('file:///home/a user/project/.run/1/state/checkpoints');
  });

  it('has restart strategies: no restart, or a limited number of restarts', () => {
    expect(settings['restart-strategy.type']).toBe('none');
    expect(flinkSettings({ ...input, restart: 'few' })['restart-strategy.fixed-delay.attempts']).toBe('3');
    const unlimited = flinkSettings({ ...input, restart: 'unlimited' });
    expect(Number(unlimited['restart-strategy.fixed-delay.attempts'])).toBeGreaterThan(1_000_000);
  });
});

it('has longer time-outs than Flink by default, for busy machines', () => {
  const settings = flinkSettings(input);
  const defaults = { 'heartbeat.timeout': 50_000, 'pekko.startup-timeout': 10_000 };
  const milliseconds = (text = '') => Number.parseInt(text, 10) * (text.endsWith(' s') ? 1_000 : 1);
  for (const [name, least] of Object.entries(defaults))
    expect(milliseconds(settings[name])).toBeGreaterThanOrEqual(2 * least);
});

describe('high availability', () => {
  it('is only configured on request', () => {
    const names = (settings: Record<string, string>) =>
      Object.keys(settings).filter((name) => name.startsWith('high-availability'));
    expect(names(flinkSettings(input))).toEqual([]);
    const settings = flinkSettings({ ...input, zooKeeperPort: 2_181 });
    expect(settings).toMatchObject({
      'high-availability.type': 'zookeeper',
      'high-availability.zookeeper.quorum': '127.0.0.1:2181',
      'high-availability.storageDir': 'file:///home/a user/project/.run/1/state/high-availability',
    });
  });

  it('requests a session time-out within the limits of ZooKeeper, on the loopback interface only', () => {
    const settings = Object.fromEntries(
      zooKeeperSettings(2_181, '/a folder')
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    ) as Record<string, string>;
    expect(settings).toMatchObject({
      clientPortAddress: '127.0.0.1',
      dataDir: '/a folder',
      'admin.enableServer': 'false',
    });
    const tickMs = Number(settings['tickTime']);
    // ZooKeeper Administrator's Guide, minSessionTimeout and maxSessionTimeout.
    expect(SESSION_TIMEOUT_MS).toBeGreaterThanOrEqual(2 * tickMs);
    expect(SESSION_TIMEOUT_MS).toBeLessThanOrEqual(20 * tickMs);
  });
});

describe('memory', () => {
  const mebibytes = (key: string) => Number(flinkSettings(input)[key]?.replace(/m$/, ''));

  it('is the same for Flink and for the JVM', () => {
    const heap = mebibytes('taskmanager.memory.framework.heap.size') + mebibytes('taskmanager.memory.task.heap.size');
    const direct =
      mebibytes('taskmanager.memory.framework.off-heap.size') +
      mebibytes('taskmanager.memory.task.off-heap.size') +
      mebibytes('taskmanager.memory.network.max');
    expect(taskManagerJvmOptions(input.memory, false)).toEqual(
      expect.arrayContaining([`-Xmx${heap}m`, `-Xms${heap}m`, `-XX:MaxDirectMemorySize=${direct}m`]),
    );
    expect(jobManagerJvmOptions()).toContain(`-Xmx${mebibytes('jobmanager.memory.heap.size')}m`);
  });

  it('delays only the optimizing compiler for a fast start', () => {
    const usual = taskManagerJvmOptions(input.memory, false);
    const added = taskManagerJvmOptions(input.memory, true).filter((option) => !usual.includes(option));
    expect(added).toHaveLength(4);
    for (const option of added) expect(option).toMatch(/^-XX:Tier4\w+Threshold=\d+$/);
  });

  it('gives RocksDB the requested memory', () => expect(mebibytes('taskmanager.memory.managed.size')).toBe(512));
});

describe('RocksDB', () => {
  it('has enough memory for the first block of every column family of a slot', () => {
    const [columnFamilies, slots] = [80, input.parallelism];
    const writeBuffer = Number(flinkSettings(input)['state.backend.rocksdb.writebuffer.size']?.replace(/ mb$/, ''));
    // Half of the managed memory is for write buffers; RocksDB flushes when two thirds of it are used. A block is an eighth of a buffer.
    const forWriteBuffers = input.memory.managed / slots / 2 / 1.5;
    expect((columnFamilies * writeBuffer) / 8).toBeLessThan(forWriteBuffers);
  });
});

describe('renderYaml', () => {
  it('writes one quoted value per line', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = renderYaml({ 'a.b': value });
        expect(text.endsWith('\n')).toBe(true);
        expect(text.trimEnd().split('\n')).toHaveLength(1);
        expect(JSON.parse(text.slice('a.b: '.length))).toBe(value);
      }),
    );
  });
});

describe('the REST API', () => {
  it("allows only requests from Flink's own page", () => {
    expect(flinkSettings(input)).toMatchObject({
      'rest.bind-address': '127.0.0.1',
      'web.access-control-allow-origin': 'http://127.0.0.1:1001',
    });
  });
});

describe('writeFlinkConfiguration', () => {
  it('creates a folder with the settings and a log4j file', () => {
    const runFolder = mkdtempSync(path.join(os.tmpdir(), 'flink conf '));
    const folder = writeFlinkConfiguration({ ...input, runFolder });
    expect(readFileSync(path.join(folder, 'config.yaml'), 'utf8')).toContain('rest.port: "1001"\n');
    expect(readFileSync(path.join(folder, 'log4j.properties'), 'utf8')).toContain('${sys:log.file}');
    rmSync(runFolder, { recursive: true });
  });
});
