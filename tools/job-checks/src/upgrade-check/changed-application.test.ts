import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { TRIAL_FIELD, TRIAL_RULE, changedApplication } from './changed-application';

describe('a changed application', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'changed application '));
  const [application, copy] = [path.join(folder, 'application'), path.join(folder, 'copy')];
  const read = (...file: string[]) => readFileSync(path.join(copy, ...file), 'utf8');
  const options = { clicks: 3, python: 'python' };

  beforeEach(() => {
    for (const part of ['sql', 'ad_analytics'])
      cpSync(path.join(ROOT, 'flink', part), path.join(application, part), { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('has an additional rule, which the pipeline registers', async () => {
    await changedApplication(application, copy, ['rule'], options);
    expect(read('sql', 'rules', TRIAL_RULE, 'rule.sql')).toContain('WHERE clicks > 3');
    expect(read('sql', 'views', 'fraud_alerts.sql')).toContain(`SELECT * FROM fraud_${TRIAL_RULE}\n  UNION ALL`);
    expect(read('ad_analytics', 'fraud_rules.py')).toContain(`"${TRIAL_RULE}": (),\n`);
  });

  it('has an additional result field, in the payload and in the insert', async () => {
    await changedApplication(application, copy, ['result-field'], options);
    expect(read('sql', 'sinks', 'campaign_metrics.sql')).toContain(`${TRIAL_FIELD} BIGINT`);
    expect(read('sql', 'inserts', 'campaign_metrics.sql')).toContain('unique_users,\n    impressions + clicks\n');
  });

  it('is refused if the packaged files are different', async () => {
    writeFileSync(path.join(application, 'sql', 'views', 'fraud_alerts.sql'), 'SELECT 1');
    await expect(changedApplication(application, copy, ['rule'], options)).rejects.toThrow(
      /fraud_alerts.sql has .* 0 times/,
    );
  });
});
