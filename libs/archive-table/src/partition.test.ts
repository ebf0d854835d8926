import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_TYPES, type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { json as jq } from 'jq-wasm';
import { firehoseErrorPrefix, firehosePrefix, PARTITION_JQ, partitionFolder, partitionOf } from './partition';

const FIXTURES = path.join(__dirname, '..', '..', 'event-schemas', 'fixtures');

function fixtures(type: string): { name: string; event: ResultRecord }[] {
  return JSON.parse(readFileSync(path.join(FIXTURES, `${type}.valid.json`), 'utf8')) as {
    name: string;
    event: ResultRecord;
  }[];
}

const LAST_WINDOW_OF_THE_DAY = resultRecordSchema.parse({
  record_type: 'attribution_metrics',
  record_id: 'attribution_metrics:2026-11-23T23:59:00.000Z:c',
  schema_version: 1,
  event_time: '2026-11-24T00:00:00.000Z',
  attribution_metrics: {
    campaign_id: 'c',
    window_start: '2026-11-23T23:59:00.000Z',
    window_end: '2026-11-24T00:00:00.000Z',
    impressions: 1,
    attributed_clicks: 0,
    valid_clicks: 0,
    ctr: 0,
    valid_ctr: 0,
    cost_micros: 0,
  },
});

describe('partitionOf', () => {
  it('assigns a window to the day of its start', () => {
    expect(partitionOf(LAST_WINDOW_OF_THE_DAY)).toEqual({
      record_type: 'attribution_metrics',
      event_date: '2026-11-23',
    });
  });

  it('assigns a result without a window to the day of its time', () => {
    const [click] = fixtures('attributed_click');
    expect(partitionOf((click as { event: ResultRecord }).event)).toEqual({
      record_type: 'attributed_click',
      event_date: '2026-11-23',
    });
  });

  it('agrees with the jq expression of Firehose for every record', async () => {
    const records = [
      LAST_WINDOW_OF_THE_DAY,
      ...RECORD_TYPES.flatMap((type) => fixtures(type).map(({ event }) => event)),
    ];
    expect(await jq(records, `map(${PARTITION_JQ})`)).toEqual(records.map(partitionOf));
  });
});

describe('the folders', () => {
  it('are in the format of Hive, Athena and DuckDB', () => {
    expect(partitionFolder(partitionOf(LAST_WINDOW_OF_THE_DAY))).toBe(
      'record_type=attribution_metrics/event_date=2026-11-23/',
    );
  });

  it('are the same for Firehose', () => {
    expect(firehosePrefix()).toBe(
      'results/record_type=!{partitionKeyFromQuery:record_type}/event_date=!{partitionKeyFromQuery:event_date}/!{timestamp:yyyyMMddHH}-',
    );
    expect(firehoseErrorPrefix()).toBe('errors/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/');
  });
});
