import { z } from 'zod';
import { alarmSettings, budgetSettings } from './alarm-settings';
import { archiveSettings } from './archive-settings';
import {
  githubSettings,
  networkSettings,
  ownNetworkSettings,
  producerSettings,
  stateSettings,
} from './deployment-settings';
import { flinkSettings } from './flink-settings';
import { sideBySideSettings } from './side-by-side-settings';
import { sinkSettings } from './sink-settings';
import { streamSettings } from './stream-settings';
import { accountId, region } from './values';
import { tableSettings } from './table-settings';
import { warehouseSettings } from './warehouse-settings';

/** All settings in which deployments of the pipeline can differ. */
export const environmentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors: the path of environment.schema.json.'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,15}$/, 'must be 2 to 16 of the characters a-z 0-9 -, the first a letter')
      .describe('Name of the environment; the file has the same name, and the names of all resources contain it.'),
    accountId: accountId
      .optional()
      .describe(
        'The AWS account; a plan for another account then fails. The streams have the same names in every environment, so use one account, or one region of an account, for each environment.',
      ),
    region,
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .describe('Tags of every resource, in addition to Project, Environment, Deployment and ManagedBy.'),
    protectData: z
      .boolean()
      .describe(
        'Whether Terraform refuses to destroy or replace resources with data (streams, application, table, buckets, key).',
      ),
    state: stateSettings.optional(),
    github: githubSettings.optional(),
    network: networkSettings.optional(),
    ownNetwork: ownNetworkSettings.optional(),
    producers: producerSettings.optional(),
    streams: streamSettings,
    flink: flinkSettings,
    sideBySide: sideBySideSettings.optional(),
    sink: sinkSettings,
    table: tableSettings,
    archive: archiveSettings,
    warehouse: warehouseSettings.optional(),
    alarms: alarmSettings,
    budget: budgetSettings,
  })
  .refine(({ network, ownNetwork }) => network === undefined || ownNetwork === undefined, {
    path: ['ownNetwork'],
    error: 'must be absent if network is set: use one of the two',
  })
  .refine(({ region, ownNetwork }) => ownNetwork?.zones.every((zone) => zone.slice(0, -1) === region) !== false, {
    path: ['ownNetwork', 'zones'],
    error: 'must be zones of the region',
  })
  .refine(({ flink, sideBySide }) => sideBySide === undefined || flink.codeVersion !== undefined, {
    path: ['flink', 'codeVersion'],
    error: 'is required with sideBySide: it keeps blue at its release, while green runs the built zip',
  })
  .refine(({ sink, sideBySide }) => sideBySide !== undefined || sink.reads?.version !== 'green', {
    path: ['sink', 'reads', 'version'],
    error: 'must be "blue" without sideBySide: green and its results stream are missing',
  })
  .meta({ title: 'Environment of the ad analytics pipeline' });

export type Environment = z.infer<typeof environmentSchema>;
