import { loadPropertyGroups, SettingsError } from '@ad-analytics/pipeline-settings';
import { sampleEnvironment } from '../test/sample-environment';
import { applicationProperties } from './application-properties';
import { SETTINGS_FILE } from './project-files';

const groups = loadPropertyGroups(SETTINGS_FILE);
const { flink } = sampleEnvironment();
const withSettings = (settings: typeof flink.settings) => sampleEnvironment({ flink: { ...flink, settings } });

describe('applicationProperties', () => {
  it('are those of the settings file', () => {
    expect(applicationProperties(groups, sampleEnvironment())).toEqual(groups);
  });

  it('put the streams into the region of the environment', () => {
    const regions = applicationProperties(groups, sampleEnvironment({ region: 'eu-west-1' }))
      .map(({ PropertyMap }) => PropertyMap['aws.region'])
      .filter((region) => region !== undefined);
    expect(regions).toEqual(['eu-west-1', 'eu-west-1', 'eu-west-1']);
  });

  it("override single settings with the environment's, and keep the rest of the group", () => {
    const found = applicationProperties(groups, withSettings({ Fraud: { 'too.fast.click.millis': '250' } }));
    const fraud = (all: typeof groups) => all.find(({ PropertyGroupId }) => PropertyGroupId === 'Fraud')?.PropertyMap;
    expect(fraud(found)).toEqual({ ...fraud(groups), 'too.fast.click.millis': '250' });
  });

  it('refuse a key that the settings file names: permissions would not follow it', () => {
    const named = groups.map(({ PropertyGroupId, PropertyMap }) => ({
      PropertyGroupId,
      PropertyMap: PropertyGroupId === 'Privacy' ? { ...PropertyMap, 'privacy.key.secret': 'key' } : PropertyMap,
    }));
    expect(() => applicationProperties(named, sampleEnvironment())).toThrow('must be in flink.settings');
  });

  it.each([
    ['an unknown setting', { Fraud: { 'too.slow': '1' } }, 'Fraud/too.slow: unknown setting'],
    ['an unknown group', { Weather: { rain: '1' } }, 'Weather: unknown group'],
    [
      'a key in a file',
      { Privacy: { 'privacy.user.ids': 'hmac', 'privacy.key.file': '/key' } },
      'Privacy/privacy.key.file: must be absent on AWS',
    ],
    ['pseudonyms without a key', { Privacy: { 'privacy.user.ids': 'hmac' } }, 'Privacy/privacy.user.ids: "hmac" needs'],
    ['an invalid value', { Metrics: { 'metrics.window.seconds': '0' } }, 'Metrics/metrics.window.seconds'],
  ])('refuse %s', (_, settings, problem) => {
    expect(() => applicationProperties(groups, withSettings(settings))).toThrow(SettingsError);
    expect(() => applicationProperties(groups, withSettings(settings))).toThrow(problem);
  });
});
