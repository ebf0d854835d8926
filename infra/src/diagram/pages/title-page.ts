import type { Architecture } from '../architecture';
import type { Pages } from '../pdf-page';
import { SERVICES } from '../services';
import { ofEnvironment } from './names';

/** Title of the document. */
export const TITLE = 'Architecture of the ad analytics pipeline';

/** The most important settings of an environment: resource type and end of the setting's path. */
const KEY_SETTINGS: readonly { readonly label: string; readonly type: string; readonly end: string }[] = [
  { label: 'Streams: capacity mode', type: 'aws_kinesis_stream', end: 'stream_mode' },
  { label: 'Streams: shards, where provisioned', type: 'aws_kinesis_stream', end: 'shard_count' },
  { label: 'Streams: hours of retention', type: 'aws_kinesis_stream', end: 'retention_period' },
  {
    label: 'Flink: parallelism',
    type: 'aws_kinesisanalyticsv2_application',
    end: 'parallelism_configuration.parallelism',
  },
  { label: 'Flink: auto-scaling', type: 'aws_kinesisanalyticsv2_application', end: 'auto_scaling_enabled' },
  { label: 'Flink: checkpoint interval, ms', type: 'aws_kinesisanalyticsv2_application', end: 'checkpoint_interval' },
  { label: 'Sink: memory, MB', type: 'aws_lambda_function', end: 'memory_size' },
  { label: 'Sink: batch size', type: 'aws_lambda_event_source_mapping', end: 'batch_size' },
  { label: 'Sink: retries of a batch', type: 'aws_lambda_event_source_mapping', end: 'maximum_retry_attempts' },
  { label: 'Table: point-in-time recovery', type: 'aws_dynamodb_table', end: 'point_in_time_recovery.enabled' },
  { label: 'Archive: buffer, MB', type: 'aws_kinesis_firehose_delivery_stream', end: 'buffering_size' },
  { label: 'Redshift: base RPU', type: 'aws_redshiftserverless_workgroup', end: 'base_capacity' },
  { label: 'Logs: days kept', type: 'aws_cloudwatch_log_group', end: 'retention_in_days' },
  { label: 'Data cannot be destroyed', type: 'aws_kinesis_stream', end: 'prevent_destroy' },
];

/** @returns the values of a setting in an environment, over all resources of the type */
function found(architecture: Architecture, type: string, end: string, environment: string): string {
  const values = architecture.resources
    .filter((resource) => resource.type === type && resource.environments.includes(environment))
    .flatMap(({ settings }) => settings.filter(({ path }) => path === end || path.endsWith(`.${end}`)))
    .map((setting) => ofEnvironment(setting, environment))
    .filter((value) => value !== '-');
  return [...new Set(values)].join(', ') || '-';
}

/** Writes the introduction, the table of contents, and a comparison of the environments. */
export function titlePage(pages: Pages, architecture: Architecture): void {
  const { environments, regions, resources } = architecture;
  pages.chapter(TITLE);
  pages.paragraph(
    'Drawn by nx run infra:diagram from the Terraform that infra synthesises: every box, arrow and setting comes from it, and a test ' +
      'fails when this document differs from the code. <env> stands for the name of the environment, <account> for the number of the account, <region> for its region. eu-prod is an example ' +
      'with every option, not a real environment: it shows everything that the code can deploy.',
  );
  pages.heading('Pages');
  pages.contentsHere(SERVICES.length + 4);
  pages.heading('Environments');
  pages.table({
    head: ['', ...environments],
    widths: [3, ...environments.map(() => 2)],
    rows: [
      ['Region', ...environments.map((environment) => regions[environment] ?? '')],
      [
        'Resources',
        ...environments.map((environment) =>
          String(resources.filter((one) => one.environments.includes(environment)).length),
        ),
      ],
      ...KEY_SETTINGS.map(({ label, type, end }) => [
        label,
        ...environments.map((environment) => found(architecture, type, end, environment)),
      ]).filter(([, ...values]) => values.some((value) => value !== '-')),
    ],
  });
}
