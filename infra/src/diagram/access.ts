/** What an action does to the data of a resource, or to the resource. */
export type Access = 'read' | 'write' | 'use';

const READ = /^(Get|Describe|List|Batch(Get|Read)|Query|Scan|Subscribe|Receive|Select|Head)/;
/** A key is used, logs and traces are told to: neither is data of the pipeline. */
const OF_OPERATIONS = new Set(['kms', 'logs', 'xray', 'cloudwatch', 'ec2', 'sts']);

/**
 * @param action such as `kinesis:GetRecords`
 * @returns what it does; `use` for keys, logs, traces and networks
 */
export function accessOf(action: string): Access {
  const [service = '', name = ''] = action.split(':');
  if (OF_OPERATIONS.has(service)) return 'use';
  return READ.test(name) ? 'read' : 'write';
}

/**
 * @param actions of one statement
 * @returns what they do in all: `write` when one writes
 */
export function accessOfAll(actions: readonly string[]): Access {
  const all = actions.map(accessOf);
  if (all.includes('write')) return 'write';
  return all.includes('read') ? 'read' : 'use';
}
