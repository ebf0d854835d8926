import { inputFile, matchedFiles } from '../input-file';
import type { ReadOptions } from '../mapping-file';
import { createSource } from '../source-view';
import type { Workspace } from '../workspace';
import type { Choice } from './choice';
import { DETAILS } from './choose-details';
import { chooseId } from './choose-ids';
import { chooseKind } from './choose-kind';
import { chooseClickTime, chooseTime } from './choose-time';
import { type ColumnProfile, profileColumns } from './column-profile';

const REQUIRED_IDS = ['user_id', 'campaign_id', 'ad_id', 'publisher_id'] as const;
const WIDTH = 120;

/** @returns a comment of several lines where one would be too long */
function comment(text: string): string {
  const lines = [''];
  // A value of the log must not end the comment.
  for (const word of text.replace(/\s+/g, ' ').split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > WIDTH && last !== '') lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `  -- ${line}`).join('\n');
}

/**
 * Chooses a column for each field of the contract, and says why.
 * @returns the text of the mapping
 */
function mappingText(profiles: readonly ColumnProfile[], timeZone: string, about: readonly string[]): string {
  const chosen: [string, Choice][] = [];
  const used = new Set<string>();
  const free = () => profiles.filter(({ name }) => !used.has(name));
  const take = (field: string, choice: Choice | undefined) => {
    if (choice === undefined) return;
    if (choice.column !== undefined) used.add(choice.column);
    chosen.push([field, choice]);
  };
  const kind = chooseKind(profiles);
  if (kind !== undefined) {
    take(kind.field, kind);
    take('click_id', kind.clickId);
  }
  take(
    'event_time',
    chooseTime(free(), timeZone) ?? {
      sql: 'NULL::TIMESTAMP',
      because: 'NO COLUMN LOOKS LIKE A TIME. Without one no row becomes an event: write it here',
    },
  );
  if (kind?.field === 'clicked') take('click_time', chooseClickTime(free(), timeZone));
  // An address or a header is not an id, whatever its column is called.
  const details = Object.entries(DETAILS).map(([field, choose]) => [field, choose(free())] as const);
  for (const [, choice] of details) if (choice?.column !== undefined) used.add(choice.column);
  take('impression_id', chooseId('impression_id', free()));
  for (const field of REQUIRED_IDS)
    take(
      field,
      chooseId(field, free()) ?? {
        sql: "'unknown'",
        because: 'no column looks like it; replace the text by a column',
      },
    );
  for (const [field, choice] of details) take(field, choice);
  const unused = free().map(({ name }) => name);
  return [
    ...about,
    ...(kind === undefined
      ? ['-- No column distinguishes clicks from impressions, so all rows are taken for impressions.']
      : []),
    ...(kind?.field === 'clicked' && !chosen.some(([field]) => field === 'click_time')
      ? ['-- The clicks have no separate time, so each has the time of its impression.']
      : []),
    ...(chosen.some(([field]) => field === 'impression_id')
      ? []
      : ['-- No column looks like an impression_id, so it is derived from the content of the row.']),
    'SELECT',
    ...chosen.map(([field, { sql, because }]) => `${comment(`${field}: ${because}.`)}\n  ${sql} AS ${field},`),
    comment('For not-imported.jsonl.'),
    '  source AS source_row',
    'FROM source',
    ...(unused.length === 0
      ? []
      : [
          comment(`Not used: ${unused.join(', ')}.`)
            .trimStart()
            .replaceAll('\n  --', '\n--'),
        ]),
    '',
  ].join('\n');
}

/**
 * Looks at the first rows of files, and proposes a mapping.
 * @param options how to read them, as far as that is known
 * @returns the text of the mapping, with an explanation of each choice
 * @throws CommandError (exit code 2) when a file cannot be read
 */
export async function suggestMapping(
  workspace: Workspace,
  patterns: readonly string[],
  options: ReadOptions,
  timeZone: string,
): Promise<string> {
  const paths = await matchedFiles(workspace, patterns);
  const inputs = [];
  for (const path of paths) inputs.push(await inputFile(workspace, path, options));
  const source = await createSource(workspace, inputs, options);
  const profiles = await profileColumns(workspace);
  const rows = profiles[0]?.rows ?? 0;
  const about = [
    `-- Suggested from the first ${rows} rows. Each choice is explained: read, correct, then import with --mapping and this file.`,
    ...source.directives,
  ];
  return mappingText(profiles, timeZone, about);
}
