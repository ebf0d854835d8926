import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { INVALID_REASONS, MAX_COST_MICROS } from '@ad-analytics/event-schemas';
import { archiveQueries } from '@ad-analytics/archive-table';
import { ArchiveReader } from './archive-reader';
import { ArchiveWriter } from './archive-writer';
import { type GivenResult, givenResults } from './given-results';
import { ALL_DAYS } from './period';

const RUNS = 12;
const MINUTES_OF_TWO_DAYS = 2 * 24 * 60;

/** A minute's start within two days. */
const minute = fc
  .integer({ min: 0, max: MINUTES_OF_TWO_DAYS - 1 })
  .map((n) => new Date(Date.parse('2026-11-23T00:00:00.000Z') + n * 60_000).toISOString());
const deliveries = fc.integer({ min: 1, max: 3 });
const count = fc.nat({ max: 1_000 });

const windows = fc.uniqueArray(
  fc.record({ window_start: minute, key: fc.constantFrom('c1', 'c2'), impressions: count, clicks: count, deliveries }),
  { selector: ({ window_start, key }) => `${window_start} ${key}`, maxLength: 30 },
);
const clicks = fc.uniqueArray(
  fc.record({
    click_id: fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    click_time: minute,
    cost_micros: fc.option(fc.nat({ max: MAX_COST_MICROS })),
    invalid_reasons: fc.subarray([...INVALID_REASONS]),
    deliveries,
  }),
  { selector: ({ click_id }) => click_id, maxLength: 30 },
);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const sqlOf = (name: string) => archiveQueries().find((query) => query.name === name)?.sql ?? '';

it('gives the same results for any number and order of deliveries, and any distribution over files', async () => {
  await fc.assert(
    fc.asyncProperty(
      windows,
      clicks,
      fc.integer({ min: 1, max: 20_000 }),
      fc.gen(),
      async (given, clicked, bufferBytes, g) => {
        const results = [
          ...given.map(({ deliveries: times, ...campaign_metrics }): GivenResult => ({
            campaign_metrics,
            deliveries: times,
          })),
          ...clicked.map(({ deliveries: times, ...attributed_click }): GivenResult => ({
            attributed_click,
            deliveries: times,
          })),
        ].flatMap(givenResults);
        fc.pre(results.length > 0);
        const order = g(fc.shuffledSubarray, results, { minLength: results.length });
        const folder = mkdtempSync(path.join(os.tmpdir(), 'archive-'));
        try {
          await ArchiveWriter.use(
            folder,
            async (writer) => {
              for (const record of order) await writer.add(Buffer.from(JSON.stringify(record)));
            },
            { bufferBytes },
          );
          await ArchiveReader.use(folder, async (reader) => {
            const days = await reader.rows(sqlOf('ctr_by_day'), ALL_DAYS);
            expect(days).toEqual(
              [...new Set(given.map(({ window_start }) => window_start.slice(0, 10)))].sort().map((day) => {
                const ofDay = given.filter(({ window_start }) => window_start.startsWith(day));
                const [impressions, all] = [sum(ofDay.map((w) => w.impressions)), sum(ofDay.map((w) => w.clicks))];
                return expect.objectContaining({
                  metrics_day: day,
                  impressions,
                  clicks: all,
                  ctr: impressions === 0 ? null : all / impressions,
                });
              }),
            );
            const first = clicked.filter(({ invalid_reasons }) => !invalid_reasons.includes('duplicate_click'));
            const spend = await reader.rows(sqlOf('invalid_spend'), ALL_DAYS);
            expect(sum(spend.map((row) => Number(row['clicked_impressions'])))).toBe(first.length);
            expect(sum(spend.map((row) => Number(row['invalid_clicked_impressions'])))).toBe(
              first.filter(({ invalid_reasons }) => invalid_reasons.length > 0).length,
            );
            expect(sum(spend.map((row) => Number(row['invalid_spend_usd'])))).toBeCloseTo(
              sum(
                first.map(({ invalid_reasons, cost_micros }) => (invalid_reasons.length > 0 ? (cost_micros ?? 0) : 0)),
              ) / 1e6,
              6,
            );
          });
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    ),
    { numRuns: RUNS },
  );
});
