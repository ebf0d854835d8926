/** Converts `click.velocity.threshold` to `clickVelocityThreshold`. */
export type CamelCase<Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/**
 * @param name of a setting, words separated by dots
 * @returns the name of its property
 */
export const camelCase = <Name extends string>(name: Name): CamelCase<Name> =>
  name.replace(/\.([a-z])/g, (_dot, letter: string) => letter.toUpperCase()) as CamelCase<Name>;
