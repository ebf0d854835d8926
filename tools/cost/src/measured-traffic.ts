import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';

const count = z.int().nonnegative();
const mean = z.number().nonnegative();

/** Billed properties of the records of a stream, as means. */
const recordSizesSchema = z.strictObject({
  records: count,
  bytes: mean,
  /** Each record rounded up to 1 KB, like in Kinesis on demand. */
  kilobytes: mean,
  /** Each record rounded up to 5 KB, like in Firehose; in units of 5 KB. */
  fiveKilobytes: mean,
  /** Each record rounded up to 25 KB, like in provisioned Kinesis; in units of 25 KB. */
  putUnits: mean,
});

export type RecordSizes = z.infer<typeof recordSizesSchema>;

const resultSizesSchema = recordSizesSchema.extend({
  writeUnits: z.strictObject({ table: mean, bySubject: mean, byTime: mean }),
  storedBytes: z.strictObject({ table: mean, all: mean }),
});

export type ResultSizes = z.infer<typeof resultSizesSchema>;

/** A type that was added after the measurement: it has no cost, and the table of measured records says that it was not measured. */
const NOT_MEASURED: ResultSizes = {
  records: 0,
  bytes: 0,
  kilobytes: 0,
  fiveKilobytes: 0,
  putUnits: 0,
  writeUnits: { table: 0, bySubject: 0, byTime: 0 },
  storedBytes: { table: 0, all: 0 },
};

export const measuredTrafficSchema = z.strictObject({
  /** How the measured run was made. */
  run: z.string().min(1),
  /** Event time of the run, from the first event to the last. */
  seconds: z.number().positive(),
  impressions: recordSizesSchema,
  clicks: recordSizesSchema,
  results: z
    .partialRecord(z.enum(RECORD_TYPES), resultSizesSchema)
    .transform(
      (measured) =>
        Object.fromEntries(RECORD_TYPES.map((type) => [type, measured[type] ?? NOT_MEASURED])) as Record<
          RecordType,
          ResultSizes
        >,
    ),
  /** Mean number of keys (campaigns, ads, publishers, device types, countries) in a window. */
  keysInWindow: mean,
  /** Mean number of campaigns in a window. */
  campaignsInWindow: mean,
});

export type MeasuredTraffic = z.infer<typeof measuredTrafficSchema>;

/** The committed measurement that the calculator uses. */
export const MEASURED_FILE = path.join(__dirname, 'measured-traffic.json');

/**
 * @param file measurement
 * @returns its content
 * @throws {z.ZodError} when it has another format
 */
export function loadMeasuredTraffic(file = MEASURED_FILE): MeasuredTraffic {
  return measuredTrafficSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
