import { whyNotOnCores } from '@ad-analytics/local-stack/on-cores';

/**
 * @param parallelism of the jobs
 * @returns the description of the TaskManager's cores for the report
 */
export function coreNotes(parallelism: readonly number[]): string[] {
  const unlimited = parallelism.flatMap((subtasks) => {
    const reason = whyNotOnCores(subtasks);
    return reason === undefined ? [] : [`At parallelism ${subtasks} the TaskManager has all cores: ${reason}.`];
  });
  if (unlimited.length === parallelism.length) return unlimited;
  return [
    'The TaskManager has one core for each subtask, as a Kinesis Processing Unit has one vCPU. The JobManager and the benchmark use the same cores if the machine has no others.',
    ...unlimited,
  ];
}
