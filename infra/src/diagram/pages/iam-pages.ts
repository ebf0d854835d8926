import type { Architecture } from '../architecture';
import { iamPicture } from '../iam-picture';
import type { Pages } from '../pdf-page';
import { everywhere, namer } from './names';

/** Writes the pages with the permissions. */
export async function iamPages(pages: Pages, architecture: Architecture): Promise<void> {
  const name = namer(architecture);
  pages.chapter('Permissions of the roles');
  pages.paragraph(
    'The resources that each role may read and write. Red arrows write, grey arrows read. Keys, logs and traces, which all roles use, are in the table below.',
  );
  pages.picture(await iamPicture(architecture));
  pages.heading('Roles');
  pages.table({
    head: ['role', 'taken by', 'only if', 'acts in it', 'environments'],
    widths: [3, 2.6, 4, 3, 1.8],
    rows: architecture.trusts.map(({ roleName, trusted, conditions, actors, environments }) => [
      roleName,
      trusted.join(', '),
      conditions.join('\n'),
      actors.map(name).join('\n') || '(outside the stack)',
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
