import { ATTACKS } from '@ad-analytics/traffic-model';
import { InvalidArgumentError } from 'commander';
import {
  numberWithin,
  parseDuration,
  parseSecondsRange,
  parseSpeed,
  parseStart,
  scenarioList,
  wholeNumber,
} from './parse-options';

describe('options', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['1.5m', 90],
    ['2h', 7_200],
    ['1d', 86_400],
  ])('reads the duration %s', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it('reads ranges, speeds, times and numbers', () => {
    expect(parseSecondsRange('12-32.5')).toEqual({ min: 12, max: 32.5 });
    expect(parseSecondsRange('20')).toEqual({ min: 20, max: 20 });
    expect(parseSpeed('max')).toBe(Infinity);
    expect(parseSpeed('0.5')).toBe(0.5);
    expect(parseStart('2026-11-23T10:00:00.000Z')).toBe(Date.UTC(2026, 10, 23, 10));
    expect(numberWithin(0, 1)('0.25')).toBe(0.25);
    expect(wholeNumber(1)('7')).toBe(7);
  });

  it('reads lists of scenarios', () => {
    const parse = scenarioList(ATTACKS);
    expect(parse('none')).toEqual({});
    expect(parse('naive-bot,click_farm=3')).toEqual({ naive_bot: 1, click_farm: 3 });
    expect(parse('all=2,crawler=0')).toMatchObject({ naive_bot: 2, crawler: 0 });
    expect(Object.keys(parse('all'))).toEqual([...ATTACKS]);
  });

  it.each<[(text: string) => unknown, string]>([
    [parseDuration, '0'],
    [parseDuration, '-5'],
    [parseDuration, '5 minutes'],
    [parseDuration, ''],
    [parseSecondsRange, '5-'],
    [parseSpeed, '0'],
    [parseSpeed, ''],
    [parseSpeed, 'fast'],
    [parseStart, '2026-11-23'],
    [numberWithin(0, 1), '1.1'],
    [numberWithin(0, 1), ''],
    [numberWithin(0, 1), 'x'],
    [wholeNumber(1), '0'],
    [wholeNumber(1), '1.5'],
    [scenarioList(ATTACKS), 'nice_bot'],
    [scenarioList(ATTACKS), 'crawler=-1'],
    [scenarioList(ATTACKS), 'crawler=1=2'],
    [scenarioList(ATTACKS), ''],
  ])('%p refuses %j', (parse, text) => expect(() => parse(text)).toThrow(InvalidArgumentError));
});
