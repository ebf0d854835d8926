import { z } from 'zod';
import { codeVersion, jobSettings } from './values';

/** The second version of the job. */
export const sideBySideSettings = z
  .strictObject({
    codeVersion: codeVersion
      .optional()
      .describe(
        'S3 version of the zip that green runs, so that later deployments do not update it. Absent: the built zip.',
      ),
    settings: jobSettings.describe('Settings that differ for green; they override flink.settings.'),
    unknownToBlue: z
      .array(z.string().regex(/^[A-Za-z0-9.]+\/[A-Za-z0-9.]+$/, 'must be GROUP/SETTING'))
      .describe(
        "Settings of flink/kinesis-config.json that are newer than blue's release. Blue does not get them, because its code rejects unknown settings.",
      ),
  })
  .describe(
    'A second version of the job, green, beside the first, blue: it reads the same streams and writes to a separate results stream (docs/runbooks/side-by-side.md). Absent: one version.',
  );

/** Which results the sink reads, if not those of blue from their beginning. */
export const readsSettings = z
  .strictObject({
    version: z.enum(['blue', 'green']).describe('Version of the job whose results stream the sink reads.'),
    since: z.iso
      .datetime({ precision: 0, error: 'must be a time in UTC, in whole seconds, such as 2026-11-27T10:00:00Z' })
      .describe(
        'Arrival time in that stream at which the sink begins. It must be in the past, within maxRecordAgeSeconds.',
      ),
  })
  .describe(
    "Set it to switch the sink to green or back to blue. Keep it when you remove green: any change creates a new event source mapping, which without this setting begins at the start of blue's stream. Absent: blue, from the beginning.",
  );
