import type { Architecture } from '../architecture';
import { overview, picture } from '../overview';
import type { Pages } from '../pdf-page';
import { everywhere, namer } from './names';

/** Writes the pages with the data flow and the failure paths. */
export async function flowPages(pages: Pages, architecture: Architecture): Promise<void> {
  const name = namer(architecture);
  pages.chapter('Overview');
  pages.picture(await overview(architecture));
  const drawn = new Set(architecture.flows.flatMap(({ from, to }) => [from, to]));
  const described = architecture.resources.flatMap(({ key, name: own, service, settings }) => {
    const { value } = settings.find(({ path }) => path === 'description') ?? {};
    return drawn.has(key) && value !== undefined ? [[own, service, value]] : [];
  });
  pages.table({ head: ['part', 'service', 'purpose'], widths: [3, 3, 6], rows: described });
  pages.chapter('Data flow and failure paths');
  pages.paragraph('With what is deployed, and how much moves at a time (by environment where it differs).');
  pages.picture(
    await picture(architecture, {
      kinds: ['data', 'failure', 'code'],
      amounts: true,
      title: 'Data flow and failure paths',
    }),
  );
  const rows = (kinds: readonly string[]) =>
    architecture.flows
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ from, to, label, amount, environments }) => [
        name(from),
        name(to),
        [label, amount ?? ''].join(' ').trim(),
        everywhere(environments, architecture),
      ]);
  const head = ['from', 'to', 'what', 'environments'];
  const widths = [4, 4, 3, 1.8];
  pages.heading('Data');
  pages.table({ head, widths, rows: rows(['data', 'code']) });
  pages.heading('When something fails');
  pages.paragraph(
    'An invalid or late event is not a failure: the job writes a rejected_event or a late_event for it, which takes the path of all results.',
  );
  pages.table({ head, widths, rows: rows(['failure']) });
}
