/** A group with the settings of the sliding windows of that name. */
type Sliding<Name extends string> = Record<`${Name}.window.seconds` | `${Name}.slide.seconds`, number>;

/** An event is in as many windows as slides are in one, and is counted in each. */
const MOST_SLIDES = 3600;

/**
 * The arguments of a zod refinement: a window that slides is a whole number of slides long, and not of too many.
 * @param name of the windows, the beginning of both settings
 */
export function tiles<Name extends string>(
  name: Name,
): [(group: Sliding<Name>) => boolean, { path: string[]; error: string }] {
  const window: `${Name}.window.seconds` = `${name}.window.seconds`;
  const slide: `${Name}.slide.seconds` = `${name}.slide.seconds`;
  return [
    (group) => group[window] % group[slide] === 0 && group[window] / group[slide] <= MOST_SLIDES,
    {
      path: [window],
      error: `must be a multiple of ${slide}, and at most ${MOST_SLIDES} times as long`,
    },
  ];
}
