import { unzipSync } from 'fflate';

/**
 * @param archive bytes of a zip or jar
 * @returns the names of all entries; nothing is unpacked
 */
export function entryNames(archive: Uint8Array): string[] {
  const names: string[] = [];
  unzipSync(archive, {
    filter: ({ name }) => {
      names.push(name);
      return false;
    },
  });
  return names;
}

/**
 * @param archive bytes of a zip or jar
 * @param name of an entry
 * @returns its bytes; undefined when the entry does not exist
 */
export function entryOf(archive: Uint8Array, name: string): Uint8Array | undefined {
  return unzipSync(archive, { filter: (file) => file.name === name })[name];
}
