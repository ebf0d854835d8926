import { readFileSync } from 'node:fs';
import {
  ARCHITECTURE_FILE,
  type ArchitectureFile,
  DeploymentError,
  deploymentOf,
  loadDeployment,
} from './deployment-of-model';

const architecture = () => JSON.parse(readFileSync(ARCHITECTURE_FILE, 'utf8')) as ArchitectureFile;

describe('deploymentOf', () => {
  it('reads every environment of the committed architecture', () => {
    const file = architecture();
    for (const environment of file.environments) {
      const deployment = deploymentOf(file, environment);
      expect(deployment).toMatchObject({ environment, region: file.regions[environment] });
      expect(deployment.observed.alarmMetrics).toBeGreaterThan(0);
      expect(deployment.sink).toBeDefined();
      expect(deployment.table?.maxWriteUnits).toBeGreaterThan(0);
    }
  });

  it('takes provisioned shards from the streams', () => {
    const file = architecture();
    for (const resource of file.resources.filter(({ type }) => type === 'aws_kinesis_stream')) {
      resource.settings = [
        ...resource.settings.filter(({ path }) => path !== 'stream_mode_details.stream_mode'),
        { path: 'stream_mode_details.stream_mode', value: 'PROVISIONED' },
        { path: 'shard_count', byEnvironment: { dev: '1', prod: '7' } },
      ];
    }
    expect(deploymentOf(file, 'prod').streams).toMatchObject({
      mode: 'PROVISIONED',
      shards: { impressions: 7, clicks: 7, results: 7 },
    });
  });

  it('finds the schedule of snapshots, how many it keeps, and the Iceberg table', () => {
    const file = architecture();
    expect(deploymentOf(file, 'prod').snapshots).toEqual({ everyHours: 6, kept: 28 });
    expect(deploymentOf(file, 'dev').snapshots).toBeUndefined();
    expect(deploymentOf(file, 'eu-prod').archive.map(({ iceberg }) => iceberg)).toEqual([false, true]);
  });

  it('finds a second version of the job, and the streams of the first', () => {
    expect(deploymentOf(architecture(), 'eu-prod')).toMatchObject({
      sideBySide: true,
      streams: { mode: 'PROVISIONED', shards: { impressions: 8, clicks: 2, results: 8 } },
      sink: { batchSize: 1000 },
    });
    expect(deploymentOf(architecture(), 'prod').sideBySide).toBe(false);
  });

  it('counts an interface endpoint in each of its subnets, and no gateway', () => {
    const file = architecture();
    const endpoint = (type: string, ...settings: { path: string; value: string }[]) => ({
      type: 'aws_vpc_endpoint',
      name: type,
      environments: ['dev'],
      settings: [{ path: 'vpc_endpoint_type', value: type }, ...settings],
    });
    file.resources.push(endpoint('Gateway'), endpoint('Interface', { path: 'subnet_ids', value: 'one, other' }));
    expect(deploymentOf(file, 'dev').endpoints).toBe(2);
  });

  it('names the environments when one is not there', () => {
    expect(() => deploymentOf(architecture(), 'moon')).toThrow(/moon.*prod/);
  });

  it('names a setting that is missing', () => {
    const file = architecture();
    for (const resource of file.resources)
      resource.settings = resource.settings.filter(({ path }) => !path.endsWith('parallelism_per_kpu'));
    expect(() => deploymentOf(file, 'prod')).toThrow('parallelism_per_kpu');
  });
});

describe('loadDeployment', () => {
  it('says how to get the file', () => {
    expect(() => loadDeployment('prod', '/nowhere/architecture.json')).toThrow(DeploymentError);
    expect(() => loadDeployment('prod', '/nowhere/architecture.json')).toThrow('nx run infra:diagram');
  });
});
