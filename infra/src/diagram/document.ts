import type { Architecture, ArchitectureResource, Setting } from './architecture';
import type { Drawing } from './drawing';
import { OUTSIDE } from './flows';
import { iamPicture } from './iam-picture';
import { overview, picture } from './overview';
import { Pages } from './pdf-page';
import { SERVICES, OTHER } from './services';

const TITLE = 'Architecture of the ad analytics pipeline';

/** What a reader wants to know of an environment first: the settings whose path ends so, of a type. */
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

const ofEnvironment = (setting: Setting | undefined, environment: string): string =>
  setting === undefined ? '-' : (setting.value ?? setting.byEnvironment?.[environment] ?? '-');

function found(architecture: Architecture, type: string, end: string, environment: string): string {
  const values = architecture.resources
    .filter((resource) => resource.type === type && resource.environments.includes(environment))
    .flatMap(({ settings }) => settings.filter(({ path }) => path === end || path.endsWith(`.${end}`)))
    .map((setting) => ofEnvironment(setting, environment))
    .filter((value) => value !== '-');
  return [...new Set(values)].join(', ') || '-';
}

function titlePage(pages: Pages, architecture: Architecture): void {
  const { environments, regions, resources } = architecture;
  pages.chapter(TITLE);
  pages.paragraph(
    'Drawn by nx run infra:diagram from the Terraform that infra synthesises: every box, arrow and setting is read from it, and a test ' +
      'fails when this document is not what the code says. <env> stands for the name of the environment, <account> for the number of the account, <region> for its region. eu-prod is no environment of ours: it is the example ' +
      'with every option, so that what the code can deploy is here in full.',
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

/** @returns a function that names places: by their service and name, or as somebody outside */
function namer({ resources }: Architecture): (key: string) => string {
  const names = new Map(resources.map(({ key, service, name }) => [key, `${service}: ${name}`]));
  const outside: Readonly<Record<string, string>> = {
    [OUTSIDE.producers]: 'producers (outside)',
    [OUTSIDE.readers]: 'dashboard and services (outside)',
    [OUTSIDE.analysts]: 'analysts (outside)',
    [OUTSIDE.people]: 'people on call',
  };
  return (key) => names.get(key) ?? outside[key] ?? key;
}

const everywhere = (environments: readonly string[], architecture: Architecture) =>
  environments.length === architecture.environments.length ? 'all' : environments.join(', ');

async function flowPages(pages: Pages, architecture: Architecture): Promise<void> {
  const name = namer(architecture);
  pages.chapter('Overview');
  pages.picture(await overview(architecture));
  const drawn = new Set(architecture.flows.flatMap(({ from, to }) => [from, to]));
  const described = architecture.resources.flatMap(({ key, name: own, service, settings }) => {
    const { value } = settings.find(({ path }) => path === 'description') ?? {};
    return drawn.has(key) && value !== undefined ? [[own, service, value]] : [];
  });
  pages.table({ head: ['part', 'service', 'what it is for'], widths: [3, 3, 6], rows: described });
  pages.chapter('Data flow and failure paths');
  pages.paragraph('With what is deployed, and how much moves at a time (by environment where it differs).');
  pages.picture(
    await picture(architecture, {
      kinds: ['data', 'failure', 'code'],
      amounts: true,
      title: 'Data flow and failure paths',
    }),
  );
  const rows = (kinds: readonly string[]) =>
    architecture.flows
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ from, to, label, amount, environments }) => [
        name(from),
        name(to),
        [label, amount ?? ''].join(' ').trim(),
        everywhere(environments, architecture),
      ]);
  const head = ['from', 'to', 'what', 'environments'];
  const widths = [4, 4, 3, 1.8];
  pages.heading('Data');
  pages.table({ head, widths, rows: rows(['data', 'code']) });
  pages.heading('When something fails');
  pages.paragraph(
    'An event that cannot be used is no failure: the job makes a rejected_event or a late_event of it, which goes the way of all results.',
  );
  pages.table({ head, widths, rows: rows(['failure']) });
}

const isStream = ({ type }: ArchitectureResource) => type === 'aws_kinesis_stream';

function streamPages(pages: Pages, architecture: Architecture): void {
  const name = namer(architecture);
  const { environments, flows } = architecture;
  pages.chapter('Streams');
  for (const stream of architecture.resources.filter(isStream)) {
    const writers = [
      ...new Set(flows.filter(({ to, kind }) => to === stream.key && kind === 'data').map(({ from }) => name(from))),
    ];
    const readers = [
      ...new Set(flows.filter(({ from, kind }) => from === stream.key && kind === 'data').map(({ to }) => name(to))),
    ];
    pages.heading(stream.name);
    pages.paragraph(`Written by ${writers.join(', ') || 'nobody'}. Read by ${readers.join(', ') || 'nobody'}.`);
    settingTables(pages, stream, environments);
  }
}

function iamPages(pages: Pages, architecture: Architecture, drawing: Drawing): void {
  const name = namer(architecture);
  pages.chapter('Who may do what on what');
  pages.paragraph(
    'What the roles of the parts may read and write. Red arrows write, grey ones read. Keys, logs and traces, which all use, are in the table below.',
  );
  pages.picture(drawing);
  pages.heading('Roles');
  pages.table({
    head: ['role', 'taken by', 'only if', 'acts in it', 'environments'],
    widths: [3, 2.6, 4, 3, 1.8],
    rows: architecture.trusts.map(({ roleName, trusted, conditions, actors, environments }) => [
      roleName,
      trusted.join(', '),
      conditions.join('\n'),
      actors.map(name).join('\n') || 'nobody in the stack',
      everywhere(environments, architecture),
    ]),
  });
  const grantRows = (own: boolean) => {
    const rows = new Map<string, { cells: readonly string[]; targets: string[] }>();
    for (const grant of architecture.grants.filter(({ principal }) => principal.includes(':') === own)) {
      const cells = [
        name(grant.principal),
        `${grant.effect === 'Deny' ? 'DENY ' : ''}${grant.sid}`,
        grant.actions.join(', '),
        grant.conditions.join('\n'),
        everywhere(grant.environments, architecture),
      ];
      const id = JSON.stringify(cells);
      const row = rows.get(id) ?? { cells, targets: [] };
      row.targets.push(grant.target);
      rows.set(id, row);
    }
    return [...rows.values()].map(({ cells: [who, what, actions, conditions, environments], targets }) =>
      [who, what, actions, targets.join('\n'), conditions, environments].map(String),
    );
  };
  const head = ['who', 'for', 'may do', 'on', 'only if', 'environments'];
  const widths = [3, 1.6, 4, 3.4, 3, 1.9];
  pages.heading('Policies of roles');
  pages.table({ head, widths, rows: grantRows(true) });
  pages.heading('Policies of resources');
  pages.table({ head, widths, rows: grantRows(false) });
}

/** @returns a path as a person reads it: the groups of the job's properties by their names */
function readablePaths({ settings }: ArchitectureResource): (path: string) => string {
  const groups = new Map<string, string>();
  for (const { path, value } of settings) {
    const [, index] = /property_group(\[\d+\])\.property_group_id$/.exec(path) ?? [];
    if (index !== undefined && value !== undefined) groups.set(index, value);
  }
  return (path) => {
    const [, index, rest] = /property_group(\[\d+\])\.property_map\.(.+)$/.exec(path) ?? [];
    return index === undefined ? path : `${groups.get(index) ?? index} / ${rest ?? ''}`;
  };
}

/** Writes a resource's settings: first those in which environments differ, then the others. */
function settingTables(pages: Pages, resource: ArchitectureResource, environments: readonly string[]): void {
  const own = environments.filter((environment) => resource.environments.includes(environment));
  const readable = readablePaths(resource);
  const settings = resource.settings.filter(({ path }) => !path.endsWith('property_group_id'));
  const differing = settings.filter(({ byEnvironment }) => byEnvironment !== undefined);
  const common = settings.filter(({ value }) => value !== undefined);
  if (differing.length > 0)
    pages.table({
      head: ['differs by environment', ...own],
      widths: [4, ...own.map(() => 6 / own.length)],
      rows: differing.map((setting) => [
        readable(setting.path),
        ...own.map((environment) => ofEnvironment(setting, environment)),
      ]),
    });
  if (common.length > 0)
    pages.table({
      head: [differing.length > 0 ? 'the same in all' : 'setting', 'value'],
      widths: [4, 6],
      rows: common.map(({ path, value = '' }) => [readable(path), value]),
    });
}

function alarmTable(alarms: readonly ArchitectureResource[], architecture: Architecture) {
  const { environments } = architecture;
  const setting = (alarm: ArchitectureResource, path: string) => {
    const one = alarm.settings.find((each) => each.path === path);
    const values = [
      ...new Set(
        environments.filter((each) => alarm.environments.includes(each)).map((each) => ofEnvironment(one, each)),
      ),
    ];
    return values.join(' / ');
  };
  /** As the last environment says it, the one that serves people: the others have other figures. */
  const meaning = ({ settings, environments: own }: ArchitectureResource) =>
    ofEnvironment(
      settings.find(({ path }) => path === 'alarm_description'),
      own.at(-1) ?? '',
    ).split(' What to do:')[0] ?? '';
  const metrics = ({ settings }: ArchitectureResource) =>
    [...new Set(settings.filter(({ path }) => path.endsWith('metric_name')).map(({ value }) => value ?? ''))].join(
      ', ',
    );
  return {
    head: ['alarm', 'means', 'metrics', 'condition', 'threshold', 'periods', 'without data', 'environments'],
    widths: [3.2, 4.6, 3.4, 1.8, 1.6, 1.3, 2, 2],
    rows: alarms.map((alarm) => [
      alarm.name,
      meaning(alarm),
      metrics(alarm),
      setting(alarm, 'comparison_operator').replace('Threshold', ''),
      setting(alarm, 'threshold'),
      `${setting(alarm, 'datapoints_to_alarm')} of ${setting(alarm, 'evaluation_periods')}`,
      setting(alarm, 'treat_missing_data'),
      everywhere(alarm.environments, architecture),
    ]),
  };
}

function resourcePages(pages: Pages, architecture: Architecture): void {
  const { environments } = architecture;
  const isAlarm = ({ type }: ArchitectureResource) => type === 'aws_cloudwatch_metric_alarm';
  for (const service of [...SERVICES.map(({ name }) => name), OTHER]) {
    const own = architecture.resources.filter((resource) => resource.service === service && !isStream(resource));
    if (own.length === 0) continue;
    pages.chapter(service);
    const alarms = own.filter(isAlarm);
    if (alarms.length > 0) {
      pages.heading('Alarms');
      pages.paragraph(
        `Figures that differ are those of ${environments.join(' / ')}. What to do: docs/runbooks/alarms.md.`,
      );
      pages.table(alarmTable(alarms, architecture));
    }
    for (const resource of own.filter((one) => !isAlarm(one))) {
      pages.heading(`${resource.name}  (${resource.type})`);
      if (resource.environments.length < environments.length)
        pages.paragraph(`Only in ${resource.environments.join(', ')}.`);
      settingTables(pages, resource, environments);
    }
  }
}

/**
 * @param architecture what is deployed
 * @returns all of it as a PDF; the same architecture gives the same bytes
 */
export async function document(architecture: Architecture): Promise<Buffer> {
  const pages = new Pages(TITLE);
  titlePage(pages, architecture);
  await flowPages(pages, architecture);
  streamPages(pages, architecture);
  iamPages(pages, architecture, await iamPicture(architecture));
  resourcePages(pages, architecture);
  return pages.end();
}
