import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { RunOptions } from './submit-job';

const RUN_OPTIONS_GROUP = 'kinesis.analytics.flink.run.options';

/** @returns the run options of the managed service; missing ones have the project's default names */
export function runOptions(groups: readonly PropertyGroup[]): RunOptions {
  const said = groups.find((group) => group.PropertyGroupId === RUN_OPTIONS_GROUP)?.PropertyMap;
  return {
    python: said?.['python'] ?? 'main.py',
    jarfile: said?.['jarfile'] ?? 'lib/pyflink-dependencies.jar',
    ...(said?.['pyFiles'] === undefined ? {} : { pyFiles: said['pyFiles'] }),
  };
}
