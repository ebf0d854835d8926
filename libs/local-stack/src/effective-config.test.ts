import fc from 'fast-check';
import { CommandError } from '@ad-analytics/command-line/errors';
import { effectiveConfig, parseOverrides } from './effective-config';

const groups = [
  { PropertyGroupId: 'AdImpressionsStream', PropertyMap: { 'stream.name': 'Impressions', 'aws.region': 'us-east-1' } },
  { PropertyGroupId: 'AdClicksStream', PropertyMap: { 'stream.name': 'Clicks', 'aws.region': 'us-east-1' } },
  { PropertyGroupId: 'Privacy', PropertyMap: { 'privacy.user.ids': 'plain' } },
  { PropertyGroupId: 'Metrics', PropertyMap: { 'metrics.window.seconds': '60' } },
];
const ENDPOINT = 'http://127.0.0.1:4566';

describe('effectiveConfig', () => {
  it('sets the endpoint of every stream, and nothing else, to the emulator', () => {
    const config = effectiveConfig(groups, {}, ENDPOINT);
    expect(config.map((group) => group.PropertyMap['aws.endpoint'])).toEqual([
      ENDPOINT,
      ENDPOINT,
      undefined,
      undefined,
    ]);
    expect(groups[0]?.PropertyMap).not.toHaveProperty('aws.endpoint');
  });

  it('overrides a setting by its name', () => {
    const config = effectiveConfig(groups, { 'metrics.window.seconds': '10' }, ENDPOINT);
    expect(config[3]?.PropertyMap).toEqual({ 'metrics.window.seconds': '10' });
  });

  it('adds the place of the key, which the settings file does not have', () => {
    const config = effectiveConfig(groups, { 'privacy.key.file': '/key' }, ENDPOINT);
    expect(config[2]?.PropertyMap).toEqual({ 'privacy.user.ids': 'plain', 'privacy.key.file': '/key' });
  });

  it('overrides a setting in one group if several have the name', () => {
    const config = effectiveConfig(groups, { 'AdClicksStream/stream.name': 'Others' }, ENDPOINT);
    expect(config.map((group) => group.PropertyMap['stream.name'])).toEqual([
      'Impressions',
      'Others',
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['stream.name', /in several groups; write AdImpressionsStream\/stream\.name or AdClicksStream\/stream\.name/],
    ['metrics.window', /Unknown setting: "metrics.window". Known: .*metrics\.window\.seconds/],
    ['Metrics/stream.name', /Unknown setting/],
    ['toString', /Unknown setting/],
  ])('refuses %s', (name, message) => {
    const refused = () => effectiveConfig(groups, { [name]: '1' }, ENDPOINT);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('parseOverrides', () => {
  it('reads lists, and an "=" in a value', () => {
    expect(parseOverrides(['a=1, b=x=y', 'c='])).toEqual({ a: '1', b: 'x=y', c: '' });
  });

  it('reads its own output', () => {
    const word = fc.stringMatching(/^[a-z.]{1,12}$/);
    fc.assert(
      fc.property(fc.dictionary(word, word, { noNullPrototype: true }), (settings) => {
        const text = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
        expect(parseOverrides([text.join(',')])).toEqual(settings);
        expect(parseOverrides(text)).toEqual(settings);
      }),
    );
  });

  it.each(['a', '=1', 'a=1,b'])('refuses %j', (text) => expect(() => parseOverrides([text])).toThrow(CommandError));
});
