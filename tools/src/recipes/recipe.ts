import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { replaceOnce } from '@ad-analytics/job-checks/upgrade-check/replace-once';

/** A change to an existing file: a text that occurs exactly once in it, and its replacement. */
export type Change = readonly [file: string, before: string, after: string];

/** A recipe of docs/recipes. */
export interface Recipe {
  /** Its folder, which also has the new files. */
  readonly name: string;
  /** Maximum number of places to change by hand. */
  readonly places: number;
  readonly changes: readonly Change[];
  /** Documents in which a person describes what is new. The copy goes without. */
  readonly documents: readonly string[];
}

const folderOf = ({ name }: Recipe) => path.join(ROOT, 'docs', 'recipes', name);

/** @returns the new files of a recipe, below the workspace */
function newFiles(recipe: Recipe): string[] {
  const folder = folderOf(recipe);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** @returns every file that the recipe adds or changes by hand */
export const placesOf = (recipe: Recipe): Set<string> =>
  new Set([...newFiles(recipe), ...recipe.changes.map(([file]) => file), ...recipe.documents]);

/**
 * Follows a recipe.
 * @param workspace copy of the workspace
 * @throws Error when a new file is already there, or a change does not fit its file
 */
export function follow(recipe: Recipe, workspace: string): void {
  for (const file of newFiles(recipe)) {
    const target = path.join(workspace, file);
    if (existsSync(target)) throw new Error(`${file} of the recipe ${recipe.name} is already there`);
    cpSync(path.join(folderOf(recipe), file), target, { recursive: true });
  }
  for (const [file, before, after] of recipe.changes) replaceOnce(workspace, file, before, after);
}
