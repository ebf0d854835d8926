import type { ArchitectureResource } from '../architecture';
import type { Pages } from '../pdf-page';
import { ofEnvironment } from './names';

/** @returns a path in readable form, with the names of the job's property groups */
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
export function settingTables(pages: Pages, resource: ArchitectureResource, environments: readonly string[]): void {
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
      head: [differing.length > 0 ? 'the same in all environments' : 'setting', 'value'],
      widths: [4, 6],
      rows: common.map(({ path, value = '' }) => [readable(path), value]),
    });
}
