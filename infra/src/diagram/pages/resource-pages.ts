import type { Architecture, ArchitectureResource } from '../architecture';
import type { Pages } from '../pdf-page';
import { OTHER, SERVICES } from '../services';
import { everywhere, ofEnvironment } from './names';
import { settingTables } from './setting-tables';
import { isStream } from './stream-pages';

/** @returns all alarms, one row each */
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
  /** The text of the last environment, which serves users; the figures of the others differ. */
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

/** Writes every resource with its settings, by service. */
export function resourcePages(pages: Pages, architecture: Architecture): void {
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
        `Figures that differ between environments are from ${environments.join(' / ')}. What to do: docs/runbooks/alarms.md.`,
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
