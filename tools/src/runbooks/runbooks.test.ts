import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { AwsOperation, serviceModel } from './aws-operations';
import { fencedCommands, type FencedCommand } from './fenced-commands';

const FOLDER = path.join(ROOT, 'docs', 'runbooks');
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const text = (page: string) => readFileSync(path.join(FOLDER, page), 'utf8');
const COMMANDS = PAGES.flatMap((page) => fencedCommands(page, text(page)));
const SETTINGS_FILE = path.join(ROOT, 'flink', 'kinesis-config.json');

interface Architecture {
  readonly environments: readonly string[];
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly settings: readonly { readonly path: string }[];
  }[];
}
const architecture = JSON.parse(readFileSync(path.join(ROOT, 'docs', 'architecture.json'), 'utf8')) as Architecture;

const shown = ({ page, line, words }: FencedCommand) => `${page}:${line} ${words.join(' ')}`;
const of = (...program: string[]) => COMMANDS.filter(({ words }) => program.every((word, i) => words[i] === word));

/** @returns value of an option, such as `--env prod` */
function option({ words }: FencedCommand, name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** @returns project and target of `npx nx run project:target` */
const target = ({ words }: FencedCommand) => (words[3] ?? '').split(':') as [string, string];

const PROJECT_FOLDERS: Readonly<Record<string, string>> = { generator: 'apps/generator', dashboard: 'apps/dashboard' };
interface Target {
  readonly executor?: string;
}
function targets(project: string): Readonly<Record<string, Target>> {
  const file = path.join(ROOT, PROJECT_FOLDERS[project] ?? project, 'project.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { targets: Record<string, Target> }).targets;
}

describe('alarms', () => {
  // The alarms of the second version of the job have the sections of the first one's.
  const section = (name: string) => name.replace('ad-analytics-<env>-', '').replace(/-green$/, '');
  const all = architecture.resources.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
  const names = [...new Set(all.map(({ name }) => section(name)))];
  const page = text('alarms.md');
  const descriptions = all.map(({ name, settings }): [string, string] => [
    name,
    JSON.stringify(settings.find((setting) => setting.path === 'alarm_description')),
  ]);

  it.each(descriptions)('%s says in its description where its section is', (name, description) => {
    expect(description).toMatch(new RegExp(`docs/runbooks/alarms\\.md#${section(name)}"`));
  });
  const sections = [...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);

  it('are there', () => expect(names.length).toBeGreaterThan(10));

  it.each(names)('%s has a section', (name) => expect(sections).toContain(name));

  it('have no section that no alarm has', () =>
    expect(sections.filter((name) => !names.includes(name ?? ''))).toEqual([]));

  it.each(names)('%s is in the list of how bad it is', (name) => {
    expect(page.slice(0, page.indexOf('\n## '))).toContain(`\`${name}\``);
  });
});

describe('links', () => {
  /** @returns the anchors of a page, as code hosts make them of headings */
  const anchors = (markdown: string) =>
    new Set(
      [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    );
  const links = PAGES.flatMap((page) =>
    [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']): [string, string] => [page, link]),
  ).filter(([, link]) => !link.startsWith('http'));

  it.each(links)('%s leads to %s', (page, link) => {
    const [file = '', anchor] = link.split('#');
    const at = file === '' ? path.join(FOLDER, page) : path.join(FOLDER, file);
    expect([link, existsSync(at)]).toEqual([link, true]);
    if (anchor !== undefined) expect([...anchors(readFileSync(at, 'utf8'))]).toContain(anchor);
  });
});

describe('commands of this repository', () => {
  it.each(of('npx', 'nx', 'run').map((command) => [shown(command), command] as const))('%s', (_, command) => {
    const [project, name] = target(command);
    const found = targets(project)[name];
    expect(found).toBeDefined();
    const options = command.words.slice(4).filter((word) => word.startsWith('--') && word !== '--');
    if (found?.executor?.startsWith('./infra/nx:') === true) {
      const schema = JSON.parse(
        readFileSync(path.join(ROOT, 'infra', 'nx', 'environment-command.schema.json'), 'utf8'),
      ) as {
        properties: object;
      };
      for (const one of options) expect(Object.keys(schema.properties)).toContain(one.slice(2));
    } else {
      const sources = sourceFolders(project).map(readSources).join('\n');
      // As commander declares them: '--rate <n>', ...
      for (const one of options) expect(sources).toMatch(new RegExp(`['"]${one}[ '"]`));
    }
    const environment = option(command, '--env');
    if (environment !== undefined) expect(architecture.environments).toContain(environment);
  });

  const scripts = (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts;
  it.each(of('npm').map((command) => [shown(command), command] as const))('%s', (_, { words }) => {
    const [, first = '', second = ''] = words;
    if (first === 'run') expect(Object.keys(scripts)).toContain(second);
    else expect(['test', 'audit', 'outdated']).toContain(first);
  });

  it('need no date of GNU: other systems have none', () => {
    expect(
      COMMANDS.filter(({ words }) => / (?:-d|--date)\b/.test(words.join(' ').match(/\bdate [^)]*/)?.[0] ?? '')).map(
        shown,
      ),
    ).toEqual([]);
    expect(COMMANDS.filter(({ words }) => words.join(' ').includes('$(date ')).length).toBeGreaterThan(5);
  });

  it('are all of a program that is known', () => {
    const known = ['npx', 'npm', 'aws', 'git', 'terraform', 'openssl'];
    expect(COMMANDS.filter(({ words }) => !known.includes(words[0] ?? '')).map(shown)).toEqual([]);
  });
});

/** @returns folders with the sources of a project's commands; those of tools are in its rooms as well */
function sourceFolders(project: string): string[] {
  const rooms = Object.keys(JSON.parse(readFileSync(path.join(ROOT, 'tools', 'rooms.json'), 'utf8')) as object);
  const projects = project === 'tools' ? ['tools', ...rooms.map((room) => `tools/${room}`)] : [project];
  return projects.map((name) => path.join(ROOT, PROJECT_FOLDERS[name] ?? name, 'src'));
}

function readSources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

describe('settings of an environment', () => {
  interface Schema {
    readonly properties?: Readonly<Record<string, Schema>>;
  }
  const schema = JSON.parse(
    readFileSync(path.join(ROOT, 'infra', 'environments', 'environment.schema.json'), 'utf8'),
  ) as Schema;
  const blocks = PAGES.flatMap((page) =>
    [...text(page).matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, part = '']): [string, string] => [page, part]),
  );
  /** @returns paths of fields that the schema does not have */
  const unknown = (value: unknown, { properties }: Schema): string[] =>
    properties === undefined
      ? []
      : Object.entries(value as object).flatMap(([name, part]): string[] => {
          const own = properties[name];
          return own === undefined ? [name] : unknown(part, own).map((below) => `${name}/${below}`);
        });

  it('are there', () => expect(blocks.length).toBeGreaterThan(0));

  it.each(blocks)('%s: %s', (_, part) => {
    expect(unknown(JSON.parse(`{${part}}`), schema)).toEqual([]);
  });
});

describe('names of resources', () => {
  const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
  const streams = architecture.resources.filter(({ type }) => type === 'aws_kinesis_stream').map(({ name }) => name);
  it('are those of the settings, and of the second version of the job', () => {
    const own = [settings.impressions, settings.clicks, settings.results].map(({ streamName }) => streamName);
    expect([...streams].sort()).toEqual([...own, `${settings.results.streamName}-green`].sort());
  });
  const names = architecture.environments.flatMap((environment) =>
    architecture.resources.map(({ name }) => name.replace('<env>', environment).replace('<account>', 'ACCOUNT')),
  );
  const used = (page: string) =>
    text(page).match(/(?<![\w/-])(?:\/aws\/[a-z-]+\/|alias\/)?ad-analytics-(?:prod|staging|dev)-[a-zA-Z-]+/g) ?? [];

  it.each(PAGES.flatMap((page) => [...new Set(used(page))].map((name) => [page, name] as const)))(
    '%s: %s',
    (_, name) => {
      const known = names;
      // A table that is restored has a new name, in capitals.
      const plain = name.replace(/-[A-Z]+$/, '');
      expect(known.some((one) => one === name || one === plain)).toBe(true);
    },
  );

  it.each(
    COMMANDS.filter((command) => option(command, '--stream-name') !== undefined).map(
      (command) => [shown(command), command] as const,
    ),
  )('%s names a stream', (_, command) => expect(streams).toContain(option(command, '--stream-name')));

  it.each([
    ['aws logs', '--log-group-name', 'aws_cloudwatch_log_group'],
    ['aws sqs', '--queue-name', 'aws_sqs_queue'],
    ['aws kinesisanalyticsv2', '--application-name', 'aws_kinesisanalyticsv2_application'],
    ['aws lambda', '--function-name', 'aws_lambda_function'],
    ['aws dynamodb', '--table-name', 'aws_dynamodb_table'],
    ['aws firehose', '--delivery-stream-name', 'aws_kinesis_firehose_delivery_stream'],
    ['aws iam', '--role-name', 'aws_iam_role'],
    ['aws cloudwatch', '--dashboard-name', 'aws_cloudwatch_dashboard'],
  ])('%s gets names of existing resources of its type', (program, name, type) => {
    const own = architecture.environments.flatMap((environment) =>
      architecture.resources.filter((one) => one.type === type).map((one) => one.name.replace('<env>', environment)),
    );
    const commands = of(...program.split(' ')).filter((command) => option(command, name) !== undefined);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(own).toContain(option(command, name));
  });
});

describe('commands of AWS', () => {
  const environment = path.join(ROOT, '.venv', 'lib');
  const python = existsSync(environment)
    ? readdirSync(environment).find((name) => name.startsWith('python'))
    : undefined;
  const botocore = path.join(environment, python ?? '', 'site-packages', 'botocore');
  const GLOBAL = new Set(['--query', '--output', '--region']);
  const commands = of('aws').filter(({ words }) => words[1] !== 's3');

  if (!existsSync(botocore)) {
    // The Python environment is made by `npm run setup`; without it, no descriptions are available to compare with.
    console.warn('Skipped: the commands of AWS are compared with botocore, which npm run setup installs.');
    it.skip(`need ${path.relative(ROOT, botocore)}, which npm run setup installs`, () => undefined);
    return;
  }

  const operationOf = ({ words }: FencedCommand) => {
    const [, service = '', operation = ''] = words;
    const model = serviceModel(botocore, service);
    return model === undefined ? undefined : AwsOperation.of(model, operation);
  };

  it.each(commands.map((command) => [shown(command), command] as const))('%s', (_, command) => {
    const operation = operationOf(command);
    expect(operation).toBeDefined();
    const options = command.words.slice(3).filter((word) => word.startsWith('--') && !GLOBAL.has(word));
    // The AWS CLI pages by itself, with --max-items; --limit and the like go to the service.
    expect(options.filter((option) => operation?.has(option) !== true)).toEqual([]);
    const query = option(command, '--query');
    if (query !== undefined) expect(operation?.unknownInAnswer(query)).toEqual([]);
  });

  it.each(
    commands.flatMap((command) =>
      command.words.flatMap((word, i) =>
        word.startsWith('{') ? [[shown(command), command, command.words[i - 1] ?? '', word] as const] : [],
      ),
    ),
  )('%s has JSON that the service knows', (_, command, name, json) => {
    expect(operationOf(command)?.problems(name, JSON.parse(json))).toEqual([]);
  });
});
