/** A group with the settings of the sliding windows of that name. */
type Sliding<Name extends string> = Record<`${Name}.window.seconds` | `${Name}.slide.seconds`, number>;

/** Maximum number of slides in a window: an event is counted in that many windows. */
const MAX_SLIDES = 3600;

/**
 * The arguments of a zod refinement: the length of a sliding window is a multiple of its slide, up to a maximum.
 * @param name of the windows: the prefix of both settings
 */
export function tiles<Name extends string>(
  name: Name,
): [(group: Sliding<Name>) => boolean, { path: string[]; error: string }] {
  const window: `${Name}.window.seconds` = `${name}.window.seconds`;
  const slide: `${Name}.slide.seconds` = `${name}.slide.seconds`;
  return [
    (group) => group[window] % group[slide] === 0 && group[window] / group[slide] <= MAX_SLIDES,
    {
      path: [window],
      error: `must be a multiple of ${slide}, and at most ${MAX_SLIDES} times as long`,
    },
  ];
}
