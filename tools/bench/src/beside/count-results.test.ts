import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type PreparedInput, prepareInput } from '../prepared-input';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { checkedFigures } from './bench-beside';
import { CONTENDERS } from './contenders';
import { figuresOfJob, figuresOfTables } from './count-results';
import { duckdbAnalytics } from './duckdb-analytics';

const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-beside-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('figuresOfJob', () => {
  it('counts a result that was written twice once, and only the rules that are compared', async () => {
    const results = path.join(folder, 'job');
    mkdirSync(results);
    const window = { dimension: 'campaign', impressions: 7, clicks: 2, unique_users: 3 };
    const result = (type: string, id: number, fields: object) => ({
      record_type: type,
      record_id: `${type}:${id}`,
      [type]: fields,
    });
    const records = [
      result('campaign_metrics', 1, window),
      result('campaign_metrics', 1, window),
      result('campaign_metrics', 2, { ...window, dimension: 'country' }),
      result('attributed_click', 1, { click_id: 'c1' }),
      result('fraud_alert', 1, { rule: 'known_bot' }),
      result('fraud_alert', 2, { rule: 'id_fan_out' }),
      result('late_event', 1, {}),
    ];
    writeFileSync(path.join(results, 'a.jsonl'), lines(records));
    expect(await figuresOfJob(results)).toEqual({
      'attributed clicks': 1,
      'impressions over the windows of campaigns': 7,
      'clicks over the windows of campaigns': 2,
      'records of campaign_metrics': 2,
      'unique users over all of them': 6,
      'attributed clicks over settled windows': 0,
      'records of user_engagement': 0,
      'records of fraud_alert, six rules': 1,
    });
  });
});

describe('figuresOfTables', () => {
  it('leaves out what a program does not compute, and unfinished files', async () => {
    const table = path.join(folder, 'tables', 'attributed_click', '2026-11-27--21');
    mkdirSync(table, { recursive: true });
    writeFileSync(path.join(table, 'part-0'), lines([{ click_id: 'a' }, { click_id: 'b' }, { click_id: 'a' }]));
    writeFileSync(path.join(table, '.part-1.inprogress'), 'not JSON');
    expect(await figuresOfTables(path.join(folder, 'tables'))).toEqual({ 'attributed clicks': 2 });
  });
});

describe('checkedFigures', () => {
  const yahoo = CONTENDERS.find(({ results }) => results === 'views')!;
  const impressions = 12;
  const input = { byStream: { impressions, clicks: 1 } } as PreparedInput;
  const counted = (name: string, ...views: number[]) => {
    const bucket = path.join(folder, name, 'views', '2026-11-27--21');
    mkdirSync(bucket, { recursive: true });
    views.forEach((count, index) =>
      writeFileSync(path.join(bucket, `part-${index}`), `campaign-01,1717408800000,${count}\n`),
    );
    return path.join(folder, name);
  };

  it('accepts views that add up to the impressions', async () => {
    expect(await checkedFigures(yahoo, counted('right', 7, 5), input)).toEqual({});
  });

  it.each([
    ['no', 0, []],
    ['too few', 11, [7, 4]],
    ['too many', 13, [7, 6]],
  ])('does not accept %s views', async (name, sum, views) => {
    await expect(checkedFigures(yahoo, counted(name, ...views), input)).rejects.toThrow(
      new JobFailedError(`Its results are wrong: ${sum} views of 12 impressions`),
    );
  });
});

describe('duckdbAnalytics', () => {
  it('counts every record of clean traffic, and attributes at most all clicks', async () => {
    const { signal } = new AbortController();
    const input = await prepareInput({ events: 2_000, seed: 5, rate: 20, shards: 2, clean: true }, folder, signal);
    const { figures } = await duckdbAnalytics(input, 2, signal);
    expect(figures['impressions over the windows of campaigns']).toBe(input.byStream.impressions);
    expect(figures['clicks over the windows of campaigns']).toBe(input.byStream.clicks);
    expect(figures['attributed clicks']).toBeGreaterThan(0);
    expect(figures['attributed clicks']).toBeLessThanOrEqual(input.byStream.clicks);
    expect(figures['attributed clicks over settled windows']).toBe(figures['attributed clicks']);
  });
});
