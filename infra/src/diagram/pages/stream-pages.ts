import type { Architecture, ArchitectureResource } from '../architecture';
import type { Pages } from '../pdf-page';
import { namer } from './names';
import { settingTables } from './setting-tables';

/** @returns whether it is a stream: streams have separate pages */
export const isStream = ({ type }: ArchitectureResource) => type === 'aws_kinesis_stream';

/** Writes each stream with its writers and readers. */
export function streamPages(pages: Pages, architecture: Architecture): void {
  const name = namer(architecture);
  const { environments, flows } = architecture;
  pages.chapter('Streams');
  for (const stream of architecture.resources.filter(isStream)) {
    const writers = [
      ...new Set(flows.filter(({ to, kind }) => to === stream.key && kind === 'data').map(({ from }) => name(from))),
    ];
    const readers = [
      ...new Set(flows.filter(({ from, kind }) => from === stream.key && kind === 'data').map(({ to }) => name(to))),
    ];
    pages.heading(stream.name);
    pages.paragraph(
      `Written by ${writers.join(', ') || 'no component'}. Read by ${readers.join(', ') || 'no component'}.`,
    );
    settingTables(pages, stream, environments);
  }
}
