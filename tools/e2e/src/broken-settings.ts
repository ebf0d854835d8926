import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PropertyGroup, loadPropertyGroups } from '@ad-analytics/pipeline-settings';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { CheckList } from '@ad-analytics/command-line/check-list';

/** Settings that the job itself must reject. They bypass the validation of the tools. */
const BROKEN: readonly {
  readonly what: string;
  readonly setting: string;
  readonly change: (map: Record<string, string>) => void;
}[] = [
  {
    what: 'an unknown setting',
    setting: 'metrics.windw.seconds',
    change: (map) => {
      if ('metrics.window.seconds' in map) map['metrics.windw.seconds'] = '60';
    },
  },
  {
    what: 'a missing setting',
    setting: 'attribution.window.seconds',
    change: (map) => delete map['attribution.window.seconds'],
  },
];

function changed(groups: readonly PropertyGroup[], change: (map: Record<string, string>) => void): PropertyGroup[] {
  return groups.map(({ PropertyGroupId, PropertyMap }) => {
    const map: Record<string, string> = { ...PropertyMap };
    change(map);
    return { PropertyGroupId, PropertyMap: map };
  });
}

/** The packaged application must not start with settings that it does not understand, and must say which. */
export async function checkBrokenSettings(stack: LocalStack, checks: CheckList): Promise<void> {
  const groups = loadPropertyGroups(stack.configFile);
  for (const { what, setting, change } of BROKEN) {
    const file = path.join(stack.runFolder, `kinesis-config-with-${what.replaceAll(' ', '-')}.json`);
    writeFileSync(file, JSON.stringify(changed(groups, change)));
    const refusal = await stack.submit(file).then(
      () => 'it was accepted',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    checks.holds(`the job refuses ${what} and names it (${setting})`, refusal.includes(setting), refusal);
    checks.equal(`no job runs after ${what}`, await stack.flink.rest.jobIds(), []);
  }
}
