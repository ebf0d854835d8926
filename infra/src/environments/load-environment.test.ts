import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { environmentJsonSchema } from './json-schema';
import {
  ENVIRONMENTS_FOLDER,
  EnvironmentError,
  environmentNames,
  loadEnvironment,
  parseEnvironment,
  SCHEMA_FILE,
} from './load-environment';

const EXAMPLES = path.join(ENVIRONMENTS_FOLDER, 'examples');
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const dev = json(path.join(ENVIRONMENTS_FOLDER, 'dev.json'));

const zones = ['us-east-1a', 'us-east-1b'];
const held = { ...(dev['flink'] as object), codeVersion: 'BlueCodeVersion' };
const sideBySide = { settings: {}, unknownToBlue: [] };
const since = '2026-11-27T10:00:00Z';
const github = { repository: 'owner/name', branch: 'main', createProvider: true };

/** @returns the problems of an environment that differs from `dev` in these parts */
function problemsOf(parts: Record<string, unknown>): readonly string[] {
  try {
    parseEnvironment({ ...dev, ...parts }, 'dev.json');
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('the committed environments', () => {
  it('are dev, staging and prod', () => expect(environmentNames()).toEqual(['dev', 'prod', 'staging']));

  it.each(environmentNames())('%s can be loaded', (name) => expect(loadEnvironment(name).name).toBe(name));

  it('have one version of the job, and a sink that reads its results from the beginning', () => {
    for (const name of environmentNames()) {
      expect(loadEnvironment(name)).not.toHaveProperty('sideBySide');
      expect(loadEnvironment(name).sink).not.toHaveProperty('reads');
    }
  });

  it.each(environmentNames(EXAMPLES))('the example %s can be loaded', (name) => {
    expect(loadEnvironment(name, EXAMPLES).name).toBe(name);
  });

  it('protect their data, except dev', () => {
    expect(environmentNames().map((name) => [name, loadEnvironment(name).protectData])).toEqual([
      ['dev', false],
      ['prod', true],
      ['staging', true],
    ]);
  });
});

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(
    environmentJsonSchema(),
  );

  it('is the committed one; if not, run `npx nx run infra:generate`', () => {
    expect(json(path.join(ENVIRONMENTS_FOLDER, SCHEMA_FILE))).toEqual(
      JSON.parse(JSON.stringify(environmentJsonSchema())),
    );
  });

  it('takes every committed environment and example', () => {
    const files = [ENVIRONMENTS_FOLDER, EXAMPLES].flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
        .map((file) => path.join(folder, file)),
    );
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const value = json(file);
      expect([file, validate(value), validate.errors]).toEqual([file, true, null]);
      // Editors use it to find the schema.
      expect(path.resolve(path.dirname(file), String(value['$schema']))).toBe(
        path.join(ENVIRONMENTS_FOLDER, SCHEMA_FILE),
      );
    }
  });

  it.each([
    ['an unknown field', { colour: 'red' }],
    ['a wrong type', { protectData: 'yes' }],
    [
      'shards with streams on demand',
      { streams: { mode: 'ON_DEMAND', retentionHours: 24, shards: { impressions: 1 } } },
    ],
  ])('rejects %s, like the loader', (_, parts) => {
    expect(validate({ ...dev, ...parts })).toBe(false);
    expect(problemsOf(parts)).not.toEqual([]);
  });
});

describe('parseEnvironment', () => {
  it.each([
    ['a second version, while the first one stays at its release', { sideBySide, flink: held }],
    [
      'a sink that reads the second version',
      { sideBySide, flink: held, sink: { ...(dev['sink'] as object), reads: { version: 'green', since } } },
    ],
    [
      'a sink that read the second version before its removal',
      { sink: { ...(dev['sink'] as object), reads: { version: 'blue', since } } },
    ],
  ])('takes %s', (_, parts) => expect(problemsOf(parts)).toEqual([]));

  it.each([
    ['name', { name: 'Dev' }],
    ['accountId', { accountId: '12345' }],
    ['region', { region: 'mars' }],
    ['region', { region: 'cn-north-1' }],
    ['region', { region: 'us-gov-west-1' }],
    ['streams/retentionHours', { streams: { mode: 'ON_DEMAND', retentionHours: 1 } }],
    ['streams/shards', { streams: { mode: 'PROVISIONED', retentionHours: 24 } }],
    [
      'streams/shards/clicks',
      { streams: { mode: 'PROVISIONED', retentionHours: 24, shards: { impressions: 1, clicks: 0, results: 1 } } },
    ],
    ['flink/parallelism', { flink: { ...(dev['flink'] as object), parallelism: 0 } }],
    [
      'flink/snapshots/keepDays',
      { flink: { ...(dev['flink'] as object), snapshots: { everyHours: 1, keepDays: 30 } } },
    ],
    ['flink/logRetentionDays', { flink: { ...(dev['flink'] as object), logRetentionDays: 2 } }],
    ['sink/batchSize', { sink: { ...(dev['sink'] as object), batchSize: 10_001 } }],
    ['sink/maxRecordAgeSeconds', { sink: { ...(dev['sink'] as object), maxRecordAgeSeconds: 59 } }],
    ['alarms/emails/0', { alarms: { ...(dev['alarms'] as object), emails: ['nobody'] } }],
    ['budget/emails/0', { budget: { monthlyUsd: 10, emails: ['nobody'] } }],
    ['budget', { budget: undefined }],
    ['table', { table: undefined }],
    ['table/maxWriteUnitsPerSecond', { table: { maxWriteUnitsPerSecond: 0, maxReadUnitsPerSecond: 1 } }],
    ['flink/maxKpus', { flink: { ...(dev['flink'] as object), maxKpus: undefined } }],
    ['network/subnetIds/0', { network: { subnetIds: ['vpc-1'], securityGroupIds: ['sg-1'] } }],
    ['github/repository', { github: { ...github, repository: 'name' } }],
    ['github/branch', { github: { ...github, branch: '' } }],
    ['github/ids/owner', { github: { ...github, ids: { owner: 'owner', repository: '1' } } }],
    ['ownNetwork/cidr', { ownNetwork: { cidr: '8.8.0.0/16', zones } }],
    ['ownNetwork/zones', { ownNetwork: { cidr: '10.0.0.0/16', zones: zones.slice(1) } }],
    ['ownNetwork/zones/0', { ownNetwork: { cidr: '10.0.0.0/16', zones: ['us-east-11', ...zones.slice(1)] } }],
    ['ownNetwork/zones', { ownNetwork: { cidr: '10.0.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] } }],
    [
      'ownNetwork',
      {
        ownNetwork: { cidr: '10.0.0.0/16', zones },
        network: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
      },
    ],
    // Blue would not stay at its release: both versions would run the built zip.
    ['flink/codeVersion', { sideBySide }],
    ['sideBySide', { sideBySide: { ...sideBySide, colour: 'red' }, flink: held }],
    ['sideBySide/codeVersion', { sideBySide: { ...sideBySide, codeVersion: 'not a version' }, flink: held }],
    ['sideBySide/unknownToBlue/0', { sideBySide: { ...sideBySide, unknownToBlue: ['Metrics'] }, flink: held }],
    ['sink/reads/version', { sink: { ...(dev['sink'] as object), reads: { version: 'green', since } } }],
    ['sink/reads/since', { sink: { ...(dev['sink'] as object), reads: { version: 'blue' } } }],
    [
      'sink/reads/since',
      { sink: { ...(dev['sink'] as object), reads: { version: 'blue', since: '2026-11-27T10:00:00+01:00' } } },
    ],
    ['producers/0', { producers: ['123456789012'] }],
    ['producers/0', { producers: ['arn:aws:iam::123456789012:root'] }],
    ['state/bucket', { state: { bucket: 'Not_A_Bucket' } }],
  ])('names %s', (place, parts) => {
    const problems = problemsOf(parts);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${place}: `));
  });
});

describe('loadEnvironment', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'environments '));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists the known environments', () => {
    expect(() => loadEnvironment('production')).toThrow(
      /the environment does not exist; known environments: dev, prod, staging$/,
    );
  });

  it('rejects a file whose name differs from that of its environment', () => {
    writeFileSync(path.join(folder, 'copy.json'), JSON.stringify(dev));
    expect(() => loadEnvironment('copy', folder)).toThrow('name: must be "copy", like the name of the file');
  });

  it.each([
    ['dev', 'dev-eu'],
    ['dev-eu', 'dev'],
  ])('rejects %s together with %s, because permissions use the prefix of a name', (name, other) => {
    const nested = mkdtempSync(path.join(os.tmpdir(), 'environments '));
    try {
      for (const one of [name, other, 'development']) {
        writeFileSync(path.join(nested, `${one}.json`), JSON.stringify({ ...dev, name: one }));
      }
      expect(() => loadEnvironment(name, nested)).toThrow(`name: "${name}" conflicts with the environment "${other}"`);
      expect(loadEnvironment('development', nested).name).toBe('development');
    } finally {
      rmSync(nested, { recursive: true });
    }
  });

  it('names a file that is not JSON', () => {
    writeFileSync(path.join(folder, 'broken.json'), '{');
    expect(() => loadEnvironment('broken', folder)).toThrow(EnvironmentError);
  });
});
