import path from 'node:path';
import { code, table } from '@ad-analytics/command-line/markdown';
import { type CommandDefinition, byGroup, callOf } from '@ad-analytics/setup/commands.cjs';

const START = '<!-- commands -->';
const END = '<!-- /commands -->';

/** @returns a link from a page to a guide; its text is the name of the guide */
function linkTo(guide: string, page: string): string {
  const [file = '', anchor] = guide.split('#');
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  if (file === page) return `[below](${suffix})`;
  const { base, dir, name } = path.posix.parse(file);
  const text = base === 'README.md' ? path.posix.basename(dir) : name;
  return `[${text}](${path.posix.relative(path.posix.dirname(page), file)}${suffix})`;
}

/**
 * @param text of the page
 * @param page its path in the workspace, for relative links
 * @param commands of the registry
 * @returns the page with a table of commands for each group between its markers
 * @throws Error when a marker is missing
 */
export function withCommandTables(text: string, page: string, commands: readonly CommandDefinition[]): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${page} does not have ${START} and ${END}`);
  const head = ['command', 'what it does', 'guide'];
  const sections = [...byGroup(commands)].map(([group, members]) => {
    const rows = members.map((command) => [
      code(callOf(command)),
      command.summary,
      command.guide === undefined ? '' : linkTo(command.guide, page),
    ]);
    return `### ${group}\n\n${table(head, rows, head)}`;
  });
  return `${text.slice(0, start)}${START}\n\n${sections.join('\n\n')}\n\n${text.slice(end)}`;
}
