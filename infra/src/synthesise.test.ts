import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { sampleArtefacts } from '../test/sample-artefacts';
import { sampleEnvironment } from '../test/sample-environment';
import { builtArtefacts, synthesise } from './synthesise';

const folder = mkdtempSync(path.join(os.tmpdir(), 'synthesised stacks '));
afterAll(() => rmSync(folder, { recursive: true }));

const stackFolder = path.join(folder, 'stacks', 'dev');
const run = (environment = sampleEnvironment(), artefacts = sampleArtefacts()) => {
  synthesise([environment], folder, artefacts);
  return readFileSync(path.join(stackFolder, 'cdk.tf.json'), 'utf8');
};
/** @returns the files that the stack uploads, relative to its folder */
const sources = (json: string): string[] => {
  const { resource } = JSON.parse(json) as { resource: { aws_s3_object: Record<string, { source: string }> } };
  return Object.values(resource.aws_s3_object).map(({ source }) => source);
};

describe('synthesise', () => {
  it('writes a self-contained folder: JSON and artefacts', () => {
    const json = run();
    expect(sources(json)).toHaveLength(2);
    for (const source of sources(json)) expect(existsSync(path.join(stackFolder, source))).toBe(true);
    for (const place of [folder, process.cwd(), os.homedir()]) expect(json).not.toContain(`${place}/`);
  });

  it('writes the same output for the same input', () => expect(run()).toBe(run()));

  it('removes files that are no longer deployed', () => {
    run();
    const [before] = sources(run(sampleEnvironment(), sampleArtefacts('older')));
    const [after] = sources(run(sampleEnvironment(), sampleArtefacts('newer')));
    expect(after).not.toBe(before);
    expect(existsSync(path.join(stackFolder, before ?? ''))).toBe(false);
  });

  it('writes the bootstrap only of an environment with remote state', () => {
    const stacks = () => readdirSync(path.join(folder, 'stacks')).sort();
    run();
    expect(stacks()).toEqual(['dev']);
    run(sampleEnvironment({ state: { bucket: 'state-bucket' } }));
    expect(stacks()).toEqual(['dev', 'dev-bootstrap']);
  });

  it('configures the state in the bucket, or in a file without a bucket', () => {
    const backend = (json: string) => (JSON.parse(json) as { terraform: { backend: object } }).terraform.backend;
    expect(backend(run())).toEqual({ local: { path: '../../../state/ad-analytics/dev/pipeline.tfstate' } });
    expect(backend(run(sampleEnvironment({ state: { bucket: 'state-bucket' } })))).toMatchObject({
      s3: { bucket: 'state-bucket', key: 'ad-analytics/dev/pipeline.tfstate', use_lockfile: true },
    });
  });
});

describe('builtArtefacts', () => {
  const out = path.join(folder, 'kept');

  it('uses a release in another folder', () => {
    const kept = path.join(folder, 'release');
    mkdirSync(kept);
    for (const name of ['flink.zip', 'index.mjs']) writeFileSync(path.join(kept, name), name);
    const { flinkZip, sinkZip } = builtArtefacts(out, { flinkZip: path.join(kept, 'flink.zip'), sinkBundle: kept });
    expect(flinkZip).toBe(path.join(kept, 'flink.zip'));
    expect(strFromU8(unzipSync(readFileSync(sinkZip))['index.mjs'] ?? new Uint8Array())).toBe('index.mjs');
  });

  it('names a missing release', () => {
    const gone = path.join(folder, 'gone.zip');
    expect(() => builtArtefacts(out, { flinkZip: gone, sinkBundle: folder })).toThrow(`${gone} is missing.`);
  });
});
