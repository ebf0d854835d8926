import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { effectiveConfig } from '@ad-analytics/local-stack/effective-config';
import { OTHER_WINDOWS, UPGRADE_CASES, UPGRADE_SETTINGS, type UpgradeCase } from './matrix';

const committed = loadPropertyGroups(path.join(ROOT, 'flink', 'kinesis-config.json'));
const settingsWith = (changes: Readonly<Record<string, string>>) =>
  pipelineSettings(effectiveConfig(committed, { ...UPGRADE_SETTINGS, ...changes }, 'http://127.0.0.1'));

describe('the matrix of upgrades', () => {
  it('tries every setting that the job keeps in its state', () => {
    const file = path.join(ROOT, 'flink', 'src', 'main', 'java', 'adanalytics', 'pipeline', 'PipelineSettings.java');
    const [, list = ''] =
      /ofState\(JobParameters job\)[^;]*;[^(]*\([^(]*List\.of\(([^)]*)\)/.exec(readFileSync(file, 'utf8')) ?? [];
    const kept = [...list.matchAll(/"[A-Za-z]+\/([^"]+)"/g)].map(([, name]) => name);
    expect(kept.length).toBeGreaterThan(0);
    expect(Object.keys(OTHER_WINDOWS).sort()).toEqual(kept.sort());
  });

  it('has settings in every phase that the job accepts', () => {
    for (const { phases } of Object.values(UPGRADE_CASES) as UpgradeCase[])
      for (const { settings = {} } of phases) expect(() => settingsWith(settings)).not.toThrow();
    for (const [name, value] of Object.entries(OTHER_WINDOWS)) {
      expect(() => settingsWith({ [name]: value })).not.toThrow();
      expect(UPGRADE_SETTINGS[name]).not.toBe(value);
    }
  });
});
