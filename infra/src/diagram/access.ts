/** The kind of access of an action. */
export type Access = 'read' | 'write' | 'use';

const READ = /^(Get|Describe|List|Batch(Get|Read)|Query|Scan|Subscribe|Receive|Select|Head)/;
/** Keys, logs and traces do not contain data of the pipeline, so access to them is only `use`. */
const OF_OPERATIONS = new Set(['kms', 'logs', 'xray', 'cloudwatch', 'ec2', 'sts']);

/**
 * @param action such as `kinesis:GetRecords`
 * @returns its kind of access; `use` for keys, logs, traces and networks
 */
export function accessOf(action: string): Access {
  const [service = '', name = ''] = action.split(':');
  if (OF_OPERATIONS.has(service)) return 'use';
  return READ.test(name) ? 'read' : 'write';
}

/**
 * @param actions of one statement
 * @returns their combined access: `write` if one of them writes
 */
export function accessOfAll(actions: readonly string[]): Access {
  const all = actions.map(accessOf);
  if (all.includes('write')) return 'write';
  return all.includes('read') ? 'read' : 'use';
}
