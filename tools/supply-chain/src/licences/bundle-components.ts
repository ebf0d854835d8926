import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Component } from './allowed-licences';

/** What esbuild writes with `metafile`, as far as it is used here. */
const metafileSchema = z.object({ inputs: z.record(z.string(), z.unknown()) });

const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });

/** The folder of the innermost package that a file belongs to. */
const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * @param metafile text of a metafile of esbuild
 * @returns folders of the npm packages that the bundle has files of, sorted
 * @throws Error when it is not a metafile
 */
export function packageFolders(metafile: string): string[] {
  const { inputs } = metafileSchema.parse(JSON.parse(metafile));
  const folders = Object.keys(inputs).flatMap((file) => PACKAGE_FOLDER.exec(file)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * @param root folder that the paths of the metafile begin in
 * @param file path of the metafile
 * @returns the npm packages in the bundle, with the licence that their package.json states
 */
export function bundleComponents(root: string, file: string): Component[] {
  return packageFolders(readFileSync(file, 'utf8')).map((folder) => {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const parsed = packageSchema.safeParse(manifest);
    if (!parsed.success) return { name: folder, licence: undefined };
    const { name, version, license } = parsed.data;
    return { name, version, licence: license };
  });
}
