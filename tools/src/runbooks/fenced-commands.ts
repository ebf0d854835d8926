/** A command of a page, as a shell would take it apart. */
export interface FencedCommand {
  readonly page: string;
  readonly line: number;
  readonly words: readonly string[];
}

const FENCE = /^```/;
const FENCE_LENGTH = 3;

/**
 * @param page name of the page
 * @param text Markdown
 * @returns the commands of its fenced blocks, and those that stand inside others as `$(...)`; a block of JSON has none
 */
export function fencedCommands(page: string, text: string): FencedCommand[] {
  const commands: FencedCommand[] = [];
  let language: string | undefined;
  for (const [i, line] of text.split('\n').entries()) {
    if (FENCE.test(line)) language = language === undefined ? line.slice(FENCE_LENGTH) : undefined;
    else if (language !== undefined && language !== 'json' && line.trim() !== '') {
      const parts = [line, ...[...line.matchAll(/\$\((aws [^()]*)\)/g)].map(([, inner = '']) => inner)];
      commands.push(...parts.map((part) => ({ page, line: i + 1, words: shellWords(part) })));
    }
  }
  return commands;
}

/** @returns the words of a command, quotes taken off; what is inside `$(...)` stays with its word */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let depth = 0;
  for (const [i, char] of [...command].entries()) {
    if (char === '(' && (command[i - 1] === '$' || depth > 0) && quote !== "'") depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    if (depth === 0 && quote === '' && (char === '"' || char === "'")) quote = char;
    else if (depth === 0 && char === quote) quote = '';
    else if (char === ' ' && quote === '' && depth === 0) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? words : [...words, word];
}
