import { z } from 'zod';
import type { Component } from './allowed-licences';

const partSchema = z.object({
  name: z.string(),
  /** SPDX identifier; `own` for the project's own files. */
  licence: z.string(),
  /** Prefix of the names of its entries. */
  paths: z.array(z.string()).min(1),
});

/** The parts of an archive. */
export const archivePartsSchema = z.array(partSchema);

/** One origin of the entries of an archive. */
export type ArchivePart = z.infer<typeof partSchema>;

/** What was found in an archive. */
export interface ArchiveContent {
  readonly components: readonly Component[];
  /** One line for each entry that belongs to no part (at most ten), and for each path without an entry. */
  readonly problems: readonly string[];
}

const UNKNOWN_SHOWN = 10;
/** Classes for one version of Java are copies of the others. */
const withoutVersion = (name: string) => name.replace(/^META-INF\/versions\/\d+\//, '');
/** Notices, indexes and settings of build tools. They are text: code and libraries must belong to a part. */
const NOTICES: readonly RegExp[] = [
  /^META-INF\/(MANIFEST\.MF|DEPENDENCIES|io\.netty\.versions\.properties)$/,
  /^META-INF\/([\w-]+-)?(LICENSE|NOTICE)$/,
  /^META-INF\/licenses\/LICENSE\.\w+$/,
  // The name of a service is the name of a class.
  /^META-INF\/services\/([a-z]\w*\.)+[A-Z]\w*$/,
  /^META-INF\/native-image\/[\w./-]+\.(json|properties)$/,
  /^META-INF\/proguard\/\w+\.pro$/,
];
const isNotice = (name: string) => NOTICES.some((pattern) => pattern.test(name));

/**
 * Finds the origin of each entry of an archive by its name. Known notices and indexes below META-INF are left out.
 * @param names of all entries
 * @param parts parts of the archive; the longest matching path decides
 */
export function archiveContent(names: readonly string[], parts: readonly ArchivePart[]): ArchiveContent {
  const owners = parts
    .flatMap((part) => part.paths.map((path) => ({ path, part })))
    .sort((a, b) => b.path.length - a.path.length);
  const used = new Set<string>();
  const unknown: string[] = [];
  const files = names.filter((name) => !name.endsWith('/'));
  for (const name of files.map(withoutVersion)) {
    if (isNotice(name)) continue;
    const owner = owners.find(({ path }) => name.startsWith(path));
    if (owner === undefined) unknown.push(name);
    else used.add(owner.path);
  }
  const more = unknown.length > UNKNOWN_SHOWN ? [`and ${unknown.length - UNKNOWN_SHOWN} more`] : [];
  return {
    components: parts.filter(({ licence }) => licence !== 'own'),
    problems: [
      ...unknown.slice(0, UNKNOWN_SHOWN).map((name) => `${name} does not belong to a listed part`),
      ...more,
      ...owners
        .filter(({ path }) => !used.has(path))
        .map(({ path }) => `the listed path ${path} does not match a file: remove it`),
    ],
  };
}
