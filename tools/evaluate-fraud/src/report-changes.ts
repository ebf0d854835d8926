const BEGIN = '<!-- begin changes, written by hand -->';
const END = '<!-- end changes -->';

/** @param changes Markdown @returns the section of the report; later reports keep it */
export function changesSection(changes: string): string {
  return [BEGIN, changes || 'Nothing is noted.', END].join('\n\n');
}

/**
 * @param report an earlier report; empty if none exists
 * @returns the handwritten text of its section of changes; empty without such a section
 */
export function writtenChanges(report: string): string {
  const begin = report.indexOf(BEGIN);
  const end = report.indexOf(END, begin);
  return begin < 0 || end < 0 ? '' : report.slice(begin + BEGIN.length, end).trim();
}
