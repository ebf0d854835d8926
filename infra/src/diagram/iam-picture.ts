import type { Architecture } from './architecture';
import type { Drawing } from './drawing';
import type { Grant } from './grants';
import { type GraphEdge, layOut } from './layout';
import { nodeOf } from './overview';

const draws = ({ effect, access, resource, principal }: Grant) =>
  effect === 'Allow' &&
  access !== 'use' &&
  resource !== undefined &&
  principal.startsWith('aws_') &&
  resource !== principal;

/**
 * @param architecture what is deployed
 * @returns a picture of the permissions: roles on the left, resources on the right, and an arrow for each pair with the purposes of its
 * statements
 */
export async function iamPicture({ grants, resources, environments }: Architecture): Promise<Drawing> {
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const pairs = new Map<string, { from: string; to: string; sids: Set<string>; writes: boolean }>();
  for (const grant of grants.filter(draws)) {
    const [from, to] = [grant.principal, grant.resource ?? ''];
    const id = `${from} ${to}`;
    const pair = pairs.get(id) ?? { from, to, sids: new Set<string>(), writes: false };
    pair.sids.add(grant.sid);
    pair.writes ||= grant.access === 'write';
    pairs.set(id, pair);
  }
  const all = [...pairs.values()];
  const [left, right] = [new Set(all.map(({ from }) => from)), new Set(all.map(({ to }) => to))];
  // A role that is also a target appears in both columns.
  const id = (key: string, column: number) => `${column}:${key}`;
  const nodes = [
    ...[...left].map((key) => ({ ...nodeOf(key, byKey, environments), id: id(key, 0), column: 0 })),
    ...[...right].map((key) => ({ ...nodeOf(key, byKey, environments), id: id(key, 1), column: 1 })),
  ];
  const edges = all.map(({ from, to, sids, writes }): GraphEdge => ({
    from: id(from, 0),
    to: id(to, 1),
    role: writes ? 'failure' : 'data',
    dashed: false,
    label: [...sids].join(', '),
  }));
  return layOut(nodes, edges, 'Read and write permissions', 'Red arrows write, grey arrows read.', { spacing: 9 });
}
