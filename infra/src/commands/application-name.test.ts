import { sampleEnvironment, sideBySideEnvironment } from '../../test/sample-environment';
import { applicationName } from './application-name';
import { UsageError } from './errors';

describe('applicationName', () => {
  it('is that of blue by default', () => {
    const both = sideBySideEnvironment();
    expect(applicationName(sampleEnvironment())).toBe('ad-analytics-dev-flink');
    expect(applicationName(both)).toBe('ad-analytics-dev-flink');
    expect(applicationName(both, 'blue')).toBe('ad-analytics-dev-flink');
    expect(applicationName(both, 'green')).toBe('ad-analytics-dev-flink-green');
  });

  it('rejects green if the environment has one version, and says how to add it', () => {
    expect(() => applicationName(sampleEnvironment(), 'green')).toThrow(UsageError);
    expect(() => applicationName(sampleEnvironment(), 'green')).toThrow(
      /dev does not have the version green. Add sideBySide/,
    );
  });

  it('rejects another color', () => {
    expect(() => applicationName(sideBySideEnvironment(), 'red')).toThrow('must be blue or green, not "red"');
  });
});
