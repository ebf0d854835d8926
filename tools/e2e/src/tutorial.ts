import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { type Target, withTool } from './lifecycle';

const PAGE = path.join('docs', 'tutorial.md');
/** Of what the page says comes out. */
const PROMISES = [
  { command: 'import', says: /940 rows = 940 impressions \+ 57 clicks/ },
  { command: 'pipeline', says: /The books balance/ },
  { command: 'grep', says: /"actor_id":"203\.0\.113\.66".*"observed":0\.0/ },
  { command: 'grep', says: /"actor_id":"v666"/ },
  { command: 'verify', says: /^AGREES: /m },
];

/** @returns the commands of a page: the lines of its blocks of shell */
export function commandsOf(page: string): string[] {
  return [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.trim() !== ''),
  );
}

/** @returns the first word of what runs: the npm script, or the program */
const nameOf = (command: string): string => /^(?:npm run )?(\S+)/.exec(command)?.[1] ?? command;

/** @returns what a command prints; fails as it does */
async function run(command: string, target: Target): Promise<string> {
  const [, name, options = ''] = /^npm run (\S+) -- (.*)$/.exec(command) ?? [];
  if (name === undefined) return (await promisify(execFile)('sh', ['-c', command], { cwd: target.root })).stdout;
  const zip = name === 'pipeline' ? ['--package', target.packageZip] : [];
  let output = '';
  await withTool(target, [name, ...options.split(' '), ...zip], async (tool) => {
    const code = await tool.exitCode();
    if (code !== 0) throw new Error(`exit code ${code}:\n${tool.output.slice(-3_000)}`);
    output = tool.output;
  });
  return output;
}

/** Runs the commands of the tutorial as they are in it, and holds what it says against what comes out. */
export async function checkTutorial(target: Target, checks: CheckList): Promise<void> {
  const page = readFileSync(path.join(target.root, PAGE), 'utf8');
  const printed = new Map<string, string>();
  for (const command of commandsOf(page)) {
    const output = await run(command, target);
    printed.set(nameOf(command), (printed.get(nameOf(command)) ?? '') + output);
    checks.holds(`the tutorial's command runs: ${command.slice(0, 60)}`, true, '');
  }
  for (const { command, says } of PROMISES) {
    const output = printed.get(command) ?? '';
    checks.holds(`${command} prints what the tutorial says: ${says.source}`, says.test(output), output.slice(-2_000));
  }
}
