import { z } from 'zod';
import { codeVersion, jobSettings } from './values';

/** The second version of the job. */
export const sideBySideSettings = z
  .strictObject({
    codeVersion: codeVersion
      .optional()
      .describe(
        'Version in S3 of the zip that green runs, so that later deployments do not update it. Absent: the zip that is built.',
      ),
    settings: jobSettings.describe('Settings that are others for green, over those of flink.settings.'),
    unknownToBlue: z
      .array(z.string().regex(/^[A-Za-z0-9.]+\/[A-Za-z0-9.]+$/, 'must be GROUP/SETTING'))
      .describe(
        "Settings of flink/kinesis-config.json that came after blue's release: its code refuses what it does not know, so it is not given them.",
      ),
  })
  .describe(
    'A second version of the job, green, beside the first, blue: it reads the same streams and writes to a results stream of its own (docs/runbooks/side-by-side.md). Absent: one version.',
  );

/** Which results the sink reads, where it does not simply read those of blue from their beginning. */
export const readsSettings = z
  .strictObject({
    version: z.enum(['blue', 'green']).describe('Whose results stream.'),
    since: z.iso
      .datetime({ precision: 0, error: 'must be a time in UTC, in whole seconds, such as 2026-11-27T10:00:00Z' })
      .describe('Arrival time in that stream to begin at. It must lie in the past, within maxRecordAgeSeconds.'),
  })
  .describe(
    "Set to switch the sink to green or back to blue. It stays when green goes: any change of it makes a new event source mapping, and without it that one would begin at the start of blue's stream. Absent: blue, from the beginning.",
  );
