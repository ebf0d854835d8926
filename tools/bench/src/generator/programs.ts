/** The programs that are compared, in the order in which they run. */
export const PROGRAMS = ['bare loop', 'generator: replay', 'generator: serve'] as const;
export type ProgramName = (typeof PROGRAMS)[number];
