import path from 'node:path';
import { FRAUD_RULES, INVALID_REASONS } from '@ad-analytics/event-schemas';
import fc from 'fast-check';
import { loadPropertyGroups, pipelineSettings, SettingsError, type PropertyGroup } from '.';

/** The settings file of job, infrastructure, generator and tools; declared as an input of this project's tests. */
const COMMITTED = path.join(__dirname, '..', '..', '..', 'flink', 'kinesis-config.json');

const committed = loadPropertyGroups(COMMITTED);

/** @returns the committed groups with one setting changed, or removed if the value is undefined */
function withSetting(group: string, setting: string, value: string | undefined): PropertyGroup[] {
  return committed.map(({ PropertyGroupId, PropertyMap }) => {
    if (PropertyGroupId !== group) return { PropertyGroupId, PropertyMap };
    const { [setting]: _old, ...others } = PropertyMap;
    return { PropertyGroupId, PropertyMap: value === undefined ? others : { ...others, [setting]: value } };
  });
}

/** @returns the problems of the groups */
function problemsOf(groups: PropertyGroup[]): readonly string[] {
  try {
    pipelineSettings(groups, 'settings.json');
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const places = committed.flatMap(({ PropertyGroupId, PropertyMap }) =>
  Object.keys(PropertyMap).map((setting) => [PropertyGroupId, setting] as const),
);

describe('flink/kinesis-config.json', () => {
  it('has the streams and the defaults of the contract', () => {
    const region = 'us-east-1';
    expect(pipelineSettings(committed, COMMITTED)).toEqual({
      impressions: { streamName: 'AdImpressionsStreamInput', region },
      clicks: { streamName: 'ClicksStreamInput', region },
      results: { streamName: 'AdResultantOutput', region },
      source: { initialPosition: 'TRIM_HORIZON' },
      eventTime: { maxOutOfOrdernessSeconds: 5, idleTimeoutSeconds: 10, maxFutureSeconds: 60 },
      attribution: { windowSeconds: 600 },
      metrics: { windowSeconds: 60 },
      engagement: { windowSeconds: 300, slideSeconds: 60 },
      // A new rule adds limits.
      fraud: expect.objectContaining({
        tooFastClickMillis: 500,
        shortWindowSeconds: 60,
        shortSlideSeconds: 10,
        longWindowSeconds: 600,
        longSlideSeconds: 60,
        clickVelocityThreshold: 10,
        impressionFloodIpThreshold: 300,
        impressionFloodUserThreshold: 120,
        abnormalCtrMinImpressions: 10,
        abnormalCtrThreshold: 0.5,
        publisherCtrZThreshold: 3,
        publisherCtrMinImpressions: 100,
        publisherCtrTrailingWindows: 24,
        publisherCtrMinWindows: 6,
        metronomeMinClicks: 6,
        metronomeVariationThreshold: 0.1,
        unattributedBurstThreshold: 5,
        idFanOutThreshold: 20,
        alertsEnabled: Object.fromEntries(FRAUD_RULES.map((rule) => [rule, true])),
        reasonsEnabled: Object.fromEntries(INVALID_REASONS.map((reason) => [reason, true])),
      }),
      privacy: { userIds: 'plain', addresses: 'full' },
    });
  });

  it('has the run options of the service', () => {
    const options = committed.find((group) => group.PropertyGroupId === 'kinesis.analytics.flink.run.options');
    expect(options?.PropertyMap).toMatchObject({ python: 'main.py', jarfile: 'lib/pyflink-dependencies.jar' });
  });
});

describe('pipelineSettings', () => {
  it.each(['AdImpressionsStream', 'AdClicksStream', 'AdDestinationStream'])('takes an endpoint in %s', (group) => {
    const { impressions, clicks, results } = pipelineSettings(
      withSetting(group, 'aws.endpoint', 'http://127.0.0.1:4566'),
    );
    const endpoints = [impressions, clicks, results].map(({ endpoint }) => endpoint);
    expect(endpoints.filter((endpoint) => endpoint === 'http://127.0.0.1:4566')).toHaveLength(1);
  });

  it('has no endpoint by default', () => {
    expect(pipelineSettings(committed).impressions).not.toHaveProperty('endpoint');
  });

  it.each(places)('reports the missing setting %s/%s', (group, setting) => {
    expect(problemsOf(withSetting(group, setting, undefined))).toEqual([`${group}/${setting}: the setting is missing`]);
  });

  it.each(places)('refuses an empty %s/%s', (group, setting) => {
    const problems = problemsOf(withSetting(group, setting, ''));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`${group}/${setting}: "" `)).toBe(true);
  });

  it.each(committed.map((group) => group.PropertyGroupId))('reports the missing group %s', (id) => {
    const others = committed.filter((group) => group.PropertyGroupId !== id);
    expect(problemsOf(others)).toEqual([`${id}: the group is missing`]);
  });

  it.each(committed.map((group) => group.PropertyGroupId))('refuses an unknown setting in %s', (id) => {
    expect(problemsOf(withSetting(id, 'window.secnods', '1'))).toEqual([`${id}/window.secnods: unknown setting`]);
  });

  it.each(['Source', 'EventTime', 'Metrics'])('takes an endpoint in stream groups only, not in %s', (id) => {
    const problems = problemsOf(withSetting(id, 'aws.endpoint', 'http://127.0.0.1:4566'));
    expect(problems).toEqual([`${id}/aws.endpoint: unknown setting`]);
  });

  it.each(['Attributoin', 'constructor', 'toString'])('refuses the unknown group %s', (id) => {
    expect(problemsOf([...committed, { PropertyGroupId: id, PropertyMap: {} }])).toEqual([`${id}: unknown group`]);
  });

  const times = places.filter(([, setting]) => /\.(?:seconds|millis)$/.test(setting));
  const notWhole = [
    '-1',
    '1.5',
    '1e3',
    ' 60',
    '60 ',
    '+60',
    '060',
    '0x3c',
    'sixty',
    'NaN',
    '2147483648',
    '99999999999',
  ];
  it.each(times)('accepts only whole numbers for %s/%s', (group, setting) => {
    for (const value of notWhole) {
      const problems = problemsOf(withSetting(group, setting, value));
      expect(problems).toHaveLength(1);
      expect(problems[0]?.startsWith(`${group}/${setting}: "${value}" `)).toBe(true);
    }
  });

  it.each([
    ['EventTime', 'idle.timeout.seconds'],
    ['Attribution', 'attribution.window.seconds'],
    ['Metrics', 'metrics.window.seconds'],
    ['Engagement', 'engagement.window.seconds'],
    ['Engagement', 'engagement.slide.seconds'],
  ])('refuses 0 for %s/%s', (group, setting) => {
    expect(problemsOf(withSetting(group, setting, '0'))).toEqual([`${group}/${setting}: "0" must be positive`]);
  });

  it.each([
    ['EventTime', 'max.out.of.orderness.seconds'],
    ['EventTime', 'max.future.seconds'],
    ['Fraud', 'too.fast.click.millis'],
  ])('takes 0 for %s/%s', (group, setting) => {
    expect(problemsOf(withSetting(group, setting, '0'))).toEqual([]);
  });

  it('accepts an engagement window only if it is a multiple of the slide', () => {
    const seconds = fc.integer({ min: 1, max: 3600 });
    const pair = fc.oneof(
      fc.tuple(seconds, seconds),
      fc.tuple(seconds, fc.integer({ min: 1, max: 20 })).map(([slide, times]) => [slide * times, slide] as const),
    );
    fc.assert(
      fc.property(pair, ([window, slide]) => {
        const groups = committed.map((group) =>
          group.PropertyGroupId === 'Engagement'
            ? {
                ...group,
                PropertyMap: {
                  'engagement.window.seconds': String(window),
                  'engagement.slide.seconds': String(slide),
                },
              }
            : group,
        );
        const problems = problemsOf(groups);
        if (window % slide === 0) {
          expect(problems).toEqual([]);
          expect(pipelineSettings(groups).engagement).toEqual({ windowSeconds: window, slideSeconds: slide });
        } else {
          expect(problems).toHaveLength(1);
          expect(problems[0]).toMatch(`Engagement/engagement.window.seconds: "${window}" must be a multiple of`);
        }
      }),
    );
  });

  const withPrivacy = (settings: Readonly<Record<string, string>>) =>
    committed.map(({ PropertyGroupId, PropertyMap }) => ({
      PropertyGroupId,
      PropertyMap: PropertyGroupId === 'Privacy' ? { ...PropertyMap, ...settings } : PropertyMap,
    }));
  const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:pseudonyms-AbCdEf';

  it('takes pseudonyms with a key in a secret or in a file', () => {
    const both = { 'privacy.user.ids': 'hmac', 'privacy.addresses': 'cut' };
    const taken = { userIds: 'hmac', addresses: 'cut' };
    const ofSecret = pipelineSettings(withPrivacy({ ...both, 'privacy.key.secret': SECRET }));
    expect(ofSecret.privacy).toEqual({ ...taken, keySecret: SECRET });
    const ofFile = pipelineSettings(withPrivacy({ ...both, 'privacy.key.file': '/keys/one' }));
    expect(ofFile.privacy).toEqual({ ...taken, keyFile: '/keys/one' });
  });

  it.each([
    [{ 'privacy.user.ids': 'hmac' }, 'Privacy/privacy.user.ids: "hmac" needs a key'],
    [{ 'privacy.addresses': 'cut' }, 'Privacy/privacy.addresses: "cut" needs a key'],
    [{ 'privacy.user.ids': 'sha256' }, 'Privacy/privacy.user.ids: "sha256" '],
    [{ 'privacy.addresses': 'none' }, 'Privacy/privacy.addresses: "none" '],
    [{ 'privacy.key.secret': '' }, 'Privacy/privacy.key.secret: "" must be the name or the ARN'],
    [{ 'privacy.key.secret': 'two words' }, 'Privacy/privacy.key.secret: "two words" must be'],
    [{ 'privacy.key.file': 'key' }, 'Privacy/privacy.key.file: "key" must be an absolute path'],
    [{ 'privacy.key.secret': SECRET, 'privacy.key.file': '/key' }, 'Privacy/privacy.key.file: "/key" must be absent'],
  ])('refuses %j', (settings, problem) => {
    const problems = problemsOf(withPrivacy(settings));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each(FRAUD_RULES)('switches the alerts of %s off, and nothing else', (rule) => {
    const { fraud } = pipelineSettings(committed);
    const switched = pipelineSettings(withSetting('Fraud', `alert.${rule}.enabled`, 'false')).fraud;
    expect(switched).toEqual({ ...fraud, alertsEnabled: { ...fraud.alertsEnabled, [rule]: false } });
  });

  it.each(INVALID_REASONS)('switches the reason %s off, and nothing else', (reason) => {
    const { fraud } = pipelineSettings(committed);
    const switched = pipelineSettings(withSetting('Fraud', `reason.${reason}.enabled`, 'false')).fraud;
    expect(switched).toEqual({ ...fraud, reasonsEnabled: { ...fraud.reasonsEnabled, [reason]: false } });
  });

  it('takes a window of 3,600 slides', () => {
    expect(problemsOf(withSetting('Fraud', 'long.window.seconds', '216000'))).toEqual([]);
  });

  it.each([
    ['Fraud', 'short.slide.seconds', '7', 'Fraud/short.window.seconds: "60" must be a multiple of short.slide.seconds'],
    ['Fraud', 'long.window.seconds', '90', 'Fraud/long.window.seconds: "90" must be a multiple of long.slide.seconds'],
    ['Fraud', 'long.window.seconds', '216060', 'Fraud/long.window.seconds: "216060" must be a multiple of long.slide'],
    ['Fraud', 'publisher.ctr.min.windows', '25', 'Fraud/publisher.ctr.min.windows: "25" must be at most'],
    [
      'AdClicksStream',
      'stream.name',
      'AdImpressionsStreamInput',
      'AdClicksStream/stream.name: "AdImpressionsStreamInput"',
    ],
    ['AdDestinationStream', 'stream.name', 'ClicksStreamInput', 'AdDestinationStream/stream.name: "ClicksStreamInput"'],
  ])('rejects a contradiction to another setting: %s/%s of %s', (group, setting, value, problem) => {
    const problems = problemsOf(withSetting(group, setting, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each(['0.5', '3', '0.000001', '999999999.999999'])('takes the ratio %s', (value) => {
    expect(pipelineSettings(withSetting('Fraud', 'abnormal.ctr.threshold', value)).fraud.abnormalCtrThreshold).toBe(
      Number(value),
    );
  });

  it.each([
    [
      'Fraud',
      'abnormal.ctr.threshold',
      ['0', '0.00', '-1', '.5', '1.', '00.5', '5e-1', '0.1234567', '1234567890', 'x'],
    ],
    ['Fraud', 'click.velocity.threshold', ['0', '0.5', '2147483648']],
    ['Fraud', 'metronome.min.clicks', ['1']],
    ['Fraud', 'publisher.ctr.trailing.windows', ['0', '1001']],
    ['AdClicksStream', 'stream.name', ['two words', 'a/b', 'x'.repeat(129), 'arn:aws:kinesis:us-east-1:1:stream/a']],
    ['AdClicksStream', 'aws.region', ['us-east', 'US-EAST-1', 'us_east_1', 'local']],
    ['AdClicksStream', 'aws.endpoint', ['', 'localhost:4566', '127.0.0.1', 'ftp://127.0.0.1', 'http://']],
    ['Fraud', 'alert.known_bot.enabled', ['TRUE', 'yes', '1', 'off', ' true', 'false\n']],
    ['Fraud', 'reason.known_bot.enabled', ['False', 'no', '0']],
    ['Source', 'initial.position', ['latest', 'AT_TIMESTAMP']],
  ])('refuses wrong values of %s/%s', (group, setting, values) => {
    for (const value of values) {
      const problems = problemsOf(withSetting(group, setting, value));
      expect(problems).toHaveLength(1);
      expect(problems[0]?.startsWith(`${group}/${setting}: "${value}" `)).toBe(true);
    }
  });

  it.each(['us-east-1', 'eu-central-2', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'ap-southeast-4'])(
    'takes the region %s',
    (region) => {
      expect(pipelineSettings(withSetting('AdClicksStream', 'aws.region', region)).clicks.region).toBe(region);
    },
  );

  it('lists every problem and the source', () => {
    const groups = withSetting('Metrics', 'metrics.window.seconds', 'x').filter((g) => g.PropertyGroupId !== 'Source');
    expect(() => pipelineSettings(groups, 'settings.json')).toThrow(
      'settings.json: Source: the group is missing; Metrics/metrics.window.seconds: "x" must be a whole number',
    );
  });
});
