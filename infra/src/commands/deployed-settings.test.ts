import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { sampleEnvironment, sideBySideEnvironment } from '../../test/sample-environment';
import { SETTINGS_FILE } from '../project-files';
import { deployedSettings } from './deployed-settings';
import { writeDerived } from './derived-file';

const groups = loadPropertyGroups(SETTINGS_FILE);
const { flink } = sampleEnvironment();
const settings = { Attribution: { 'attribution.window.seconds': '1800' } };

describe('deployedSettings', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'settings '));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are, in a file, accepted by the generator and verify, with the region and settings of the environment', () => {
    const environment = sampleEnvironment({ region: 'eu-west-1', flink: { ...flink, settings } });
    const found = deployedSettings(groups, environment, undefined);
    expect(found.name).toBe('dev');
    const file = writeDerived(folder, 'settings', found.name, found.groups);
    expect(path.relative(folder, file)).toBe(path.join('settings', 'dev.json'));
    expect(pipelineSettings(loadPropertyGroups(file))).toMatchObject({
      impressions: { streamName: 'AdImpressionsStreamInput', region: 'eu-west-1' },
      results: { streamName: 'AdResultantOutput', region: 'eu-west-1' },
      attribution: { windowSeconds: 1_800 },
    });
  });

  it("name green's stream of results, and a separate file", () => {
    const sideBySide = { settings, unknownToBlue: ['Metrics/metrics.window.seconds'] };
    const environment = sideBySideEnvironment({ sideBySide });
    const [blue, green] = ['blue', 'green'].map((version) => deployedSettings(groups, environment, version));
    expect(green?.name).toBe('dev-green');
    expect(pipelineSettings(green?.groups ?? [])).toMatchObject({
      results: { streamName: 'AdResultantOutput-green' },
      attribution: { windowSeconds: 1_800 },
    });
    // All settings, also those that blue's release does not know: the tools that read the file are of this release.
    expect(blue).toEqual({ name: 'dev', groups });
  });

  it('reject a version that the environment does not have', () => {
    expect(() => deployedSettings(groups, sampleEnvironment(), 'green')).toThrow('dev does not have the version green');
  });
});
