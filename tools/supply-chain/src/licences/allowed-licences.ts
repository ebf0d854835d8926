/**
 * Licences of third-party code that may ship, as packages state them. All permit use in a closed product when the notices are kept. A
 * licence with further conditions, such as copyleft, needs a decision first. Texts that differ only in form are listed separately: the
 * check compares whole texts and guesses nothing.
 */
const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
]);

/** A third-party part of an artefact. */
export interface Component {
  /** For example `zod` or `org.apache.commons:commons-lang3`. */
  readonly name: string;
  /** Undefined where only the SBOM has it. */
  readonly version?: string | undefined;
  /** SPDX identifier as the package states it; undefined: it states none. */
  readonly licence: string | undefined;
}

/**
 * @param components of one artefact
 * @returns a line for each component whose licence is missing or not allowed
 */
export function licenceProblems(components: readonly Component[]): string[] {
  return components
    .filter(({ licence }) => licence === undefined || !ALLOWED_LICENCES.has(licence))
    .map(
      ({ name, version, licence }) =>
        `${name}${version === undefined ? '' : ` ${version}`}: ${
          licence === undefined ? 'states no licence' : `the licence ${licence} is not allowed`
        }`,
    );
}
